"""What a page reports, and what it asks for."""

from playwright.sync_api import Page, Request

#: The first found is used. The shell is the same browser without a window, and needs
#: half of its processor time.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
#: What Chromium does besides showing pages would reach for the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def watch_errors(page: Page, errors: list[str]) -> None:
    """Collects what the page reports as an error.

    Args:
        page: The page to listen to.
        errors: The list to fill.
    """
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" else None
        ),
    )


def watch_requests(page: Page, allowed: tuple[str, ...], found: list[str]) -> None:
    """Collects the addresses that the page asks for and should not.

    Args:
        page: The page to listen to.
        allowed: How an address may begin.
        found: The list to fill.
    """

    def note(request: Request) -> None:
        if not request.url.startswith(allowed):
            found.append(request.url)

    page.on("request", note)


def first_result(page: Page, address: str) -> float:
    """How long a visitor waits for the first result, who searches at once.

    The network is a slow 4G and the processor has a quarter of its speed.

    Args:
        page: A page of a context that has visited nothing.
        address: Where the site is served.

    Returns:
        Milliseconds from the first key to the result.
    """
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 150,
            "downloadThroughput": 1.44e6 / 8,
            "uploadThroughput": 0.7e6 / 8,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(f"{address}rules/step-basics/")
    page.keyboard.press("/")
    start = page.evaluate("performance.now()")
    page.keyboard.type("retry")
    page.locator(".md-search-result__list > li > a").first.wait_for()
    return page.evaluate("performance.now()") - start

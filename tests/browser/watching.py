"""What a page reports, and what it asks for."""

from playwright.sync_api import Page, Request


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

"""The policy forbids what pages do not do, and nothing that they do."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from book.model import Catalog
from browser.watching import watch_errors

PHONE = {"width": 390, "height": 844}
#: Scripts of the tests are not the page's: the policy does not see them.
LISTEN = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.effectiveDirective}: ${event.blockedURI}`);
});
"""


@pytest.fixture(params=["page", "host"])
def origin(request: pytest.FixtureRequest, address: str, host_address: str) -> str:
    """Where the policy comes from the page, or from a host that sends `_headers`."""
    return {"page": address, "host": host_address}[request.param]


@pytest.fixture
def strict(
    new_context: Callable[..., BrowserContext],
) -> Iterator[Page]:
    """A page that lists violations; an error, which each of them is, fails the test."""
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script(LISTEN)
    page = context.new_page()
    errors: list[str] = []
    watch_errors(page, errors)
    yield page
    assert not [error for error in errors if "status of 404" not in error]


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate("violations") == []


@pytest.mark.search
def test_every_kind_of_page_does_what_it_does(
    strict: Page, host_address: str, catalog: Catalog
) -> None:
    """Under the host's policy; test_pages.py visits every page with the page's own.

    Pages not named here are compared with their policy in tests/test_policy.py.
    """
    ends: dict[str, str] = {}
    for rule in catalog.rules:
        for snippet in rule.snippets:
            ends.setdefault(snippet.expect.split()[0], f"rules/{rule.id}/")
    assert {"ok", "raises", "wrong", "crash"} <= ends.keys()
    names = ["", "errors/", "checklist/", "quickstart/", "changelog/", "agents/"]
    names += [f"categories/{catalog.categories[0].slug}/", "reference/dbos/"]
    for name in [*names, *dict.fromkeys(ends.values())]:
        open_page(strict, host_address + name)
        assert strict.locator("h1").count() == 1, name

    open_page(strict, f"{host_address}no-such/page")
    expect(strict.get_by_role("heading", name="Page not found")).to_be_visible()
    open_page(strict, f"{host_address}queue-concurency/")
    expect(strict.locator(".not-found a").first).to_be_visible()
    assert strict.evaluate("violations") == []


@pytest.mark.search
def test_every_control_works(strict: Page, origin: str) -> None:
    open_page(strict, f"{origin}rules/")
    strict.get_by_label("Impact").select_option(index=1)
    expect(strict.locator(".rule-filter output")).to_contain_text(" of ")
    strict.get_by_label("Text in id").press("Enter")
    assert strict.evaluate("violations") == []

    open_page(strict, f"{origin}rules/step-basics/")
    strict.get_by_role("button", name="Copy citation").click()
    expect(strict.locator(".rule-cite [role=status]")).to_have_text("Citation copied")
    strict.get_by_role("button", name="Copy as Markdown").click()
    expect(strict.locator(".copy-markdown [role=status]")).to_have_text("Copied")
    strict.locator("pre button, .md-code__button").first.click()
    expect(strict.locator(".md-dialog")).to_contain_text("Copied to clipboard")

    # The next choice is that of light colours, which a page remembers.
    strict.get_by_title("Use light colours").click()
    strict.get_by_title("Use dark colours").click()
    body = strict.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    strict.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")

    strict.keyboard.press("/")
    # In one piece: each key would bring other results, and Enter takes what is first.
    strict.keyboard.insert_text("queue concurrenc")
    strict.keyboard.press("y")
    result = strict.locator(".md-search-result__link").first
    expect(result).to_have_attribute("href", re.compile("/queue-concurrency/"))
    strict.keyboard.press("Enter")
    strict.wait_for_url("**/rules/queue-concurrency/**")
    assert strict.evaluate("violations") == []

    strict.set_viewport_size(PHONE)
    strict.locator("header label[for=__drawer]").click()
    expect(strict.get_by_role("link", name="Checklist")).to_be_in_viewport()
    assert strict.evaluate("violations") == []


def test_what_a_page_does_not_do_is_blocked(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    """The page's own policy alone, as GitHub Pages sends no header."""
    context = new_context()
    context.add_init_script(LISTEN)
    page = context.new_page()

    def inject(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace("</body>", f"{INJECTED}</body>")
        route.fulfill(response=response, body=body)

    page.route("**/step-basics/", inject)
    page.goto(f"{address}rules/step-basics/")
    page.locator("#injected").click()
    # The page hears of it a moment after the request has failed.
    page.evaluate(
        """new Promise((heard) => {
          addEventListener("securitypolicyviolation", (event) => {
            if (event.effectiveDirective === "connect-src") heard();
          });
          fetch("https://elsewhere.example/track").catch(() => {});
        })"""
    )
    assert page.evaluate("window.ran ?? []") == []
    assert sorted(set(page.evaluate("violations"))) == [
        "base-uri: https://elsewhere.example/",
        "connect-src: https://elsewhere.example/track",
        "img-src: https://elsewhere.example/pixel.gif",
        "script-src-attr: inline",
        "script-src-elem: https://elsewhere.example/script.js",
        "script-src-elem: inline",
        "style-src-attr: inline",
        "style-src-elem: inline",
    ]


#: Each line would set `ran`, change the look or reach another machine.
INJECTED = """
<script>ran = ["script"]</script>
<script src="https://elsewhere.example/script.js"></script>
<img src="https://elsewhere.example/pixel.gif" alt="">
<style>body { display: none }</style>
<base href="https://elsewhere.example">
<button id="injected" style="color: red" onclick="ran = ['handler']">x</button>
"""

"""The button that copies a page as Markdown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route, expect


def test_it_copies_the_pages_own_markdown(
    new_context: Callable[..., BrowserContext], address: str, site: Path
) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}rules/step-basics/")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".copy-markdown [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (site / "rules/step-basics/index.md").read_text("utf-8")


def test_it_works_under_a_strict_policy(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    def with_policy(route: Route) -> None:
        policy = "script-src 'self'; style-src 'self'; connect-src 'self'"
        response = route.fetch()
        headers = response.headers | {"content-security-policy": policy}
        route.fulfill(response=response, headers=headers)

    page = new_context(permissions=["clipboard-write"]).new_page()
    page.route("**/agents/", with_policy)
    page.goto(f"{address}agents/")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".copy-markdown [role=status]")).to_have_text("Copied")


@pytest.mark.parametrize("width", [390, 780, 1440])
def test_nothing_moves_when_it_comes(
    new_context: Callable[..., BrowserContext], address: str, width: int
) -> None:
    """The title leaves room for it; on a wide screen, its own link makes no line."""
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    button = page.get_by_role("button", name="Copy as Markdown")

    below = page.locator("h1 + *")
    page.route("**/copy-markdown.js", lambda route: route.abort())
    page.goto(f"{address}rules/lifecycle-config/")
    expect(button).to_have_count(0)
    before = below.bounding_box()
    page.unroute("**/copy-markdown.js")
    page.reload()
    expect(button).to_be_visible()
    assert below.bounding_box() == before
    if width >= 780:
        page.locator("h1 .headerlink").evaluate("it => it.remove()")
        assert below.bounding_box() == before


def test_it_says_when_it_failed(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context(permissions=["clipboard-write"]).new_page()
    page.route("**/index.md", lambda route: route.fulfill(status=500))
    page.goto(f"{address}agents/")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".copy-markdown [role=status]")).to_have_text("Not copied")


def test_without_scripts_there_is_no_button(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}rules/step-basics/")
    expect(page.get_by_text("Copy as Markdown")).to_have_count(0)

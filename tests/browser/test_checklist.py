"""The checklist on the screen and on paper."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from book.model import Catalog


def test_a_rule_is_ticked_by_keyboard_and_by_its_words(
    page: Page, address: str, catalog: Catalog
) -> None:
    page.goto(f"{address}checklist/")
    boxes = page.locator("article").get_by_role("checkbox")
    assert boxes.count() == len(catalog.rules)
    first, second = (
        page.get_by_role("checkbox", name=rule.title, exact=True)
        for rule in catalog.rules[:2]
    )
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=catalog.rules[0].id)).to_be_focused()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.get_by_text(catalog.rules[1].title, exact=True).click()
    expect(second).to_be_checked()
    page.keyboard.press("Space")
    expect(second).not_to_be_checked()


def test_all_rules_are_on_two_sheets_at_most(
    new_context: Callable[..., BrowserContext], address: str, catalog: Catalog
) -> None:
    page = new_context(color_scheme="dark").new_page()
    page.goto(f"{address}checklist/")
    printed = page.pdf(format="A4")
    sheets = re.findall(rb"/Type\s*/Page\b", printed)
    assert 1 <= len(sheets) <= 2
    page.emulate_media(media="print")
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".checklist li")]
            .filter((line) => line.checkVisibility())
            .map((line) => [
                line.querySelector("code").textContent,
                getComputedStyle(line).breakInside,
            ])"""
    )
    assert lines == [[rule.id, "avoid"] for rule in catalog.rules]
    for around in (".md-header", ".md-sidebar--primary", ".md-footer"):
        expect(page.locator(around)).to_be_hidden()
    # The page's address is no help on paper, an id is.
    assert "http" not in page.locator("article").inner_text()

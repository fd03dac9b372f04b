"""The filters of the table of all rules."""

from collections.abc import Callable
from urllib.parse import parse_qs

from playwright.sync_api import BrowserContext, Page, expect

from book.model import Catalog, Rule

LABELS = {
    "category": "Category",
    "impact": "Impact",
    "failure": "Failure",
    "database": "Database",
    "tag": "Tags",
}
TEXT = "Text in id, title, description, tags or keywords"


def values(catalog: Catalog, rule: Rule) -> dict[str, set[str]]:
    """What the rule is found by, read from the catalogue."""
    ends = {file.expect for file in rule.snippets if file.kind == "incorrect"}
    needs = {file.needs for file in rule.snippets if file.needs}
    return {
        "category": {catalog.category_of(rule).slug},
        "impact": {rule.impact},
        "failure": ends or {"shown"},
        "database": needs or {"both"},
        "tag": set(rule.meta.tags),
    }


def expected(catalog: Catalog, **chosen: str) -> list[str]:
    """The rules that have all these values."""
    return [
        rule.id
        for rule in catalog.rules
        if all(
            value in values(catalog, rule)[name]
            for name, value in chosen.items()
            if value
        )
    ]


def shown(page: Page) -> list[str]:
    """The rules that a reader sees."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".rule-table tbody tr")]
            .filter((row) => row.checkVisibility())
            .map((row) => row.querySelector("code").textContent)"""
    )


def boxes(page: Page) -> list[list[float]]:
    """Where the form and the table are: left, top, width, height."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".rule-filter, .rule-table")]
            .map((it) => it.getBoundingClientRect())
            .map(({ x, y, width, height }) => [x, y, width, height])"""
    )


def query(page: Page) -> dict[str, list[str]]:
    # Playwright hears of a new address a moment after the page has it.
    return parse_qs(page.evaluate("location.search").removeprefix("?"))


def choose(page: Page, name: str, value: str) -> None:
    page.get_by_role("combobox", name=LABELS[name], exact=True).select_option(value)


def test_each_filter_shows_exactly_its_rules(
    page: Page, address: str, catalog: Catalog
) -> None:
    page.goto(f"{address}rules/")
    assert shown(page) == expected(catalog)
    for name, label in LABELS.items():
        control = page.get_by_role("combobox", name=label, exact=True)
        offered = control.evaluate("it => [...it.options].map(o => o.value)")
        used = set().union(*(values(catalog, rule)[name] for rule in catalog.rules))
        assert set(offered) == used | {""}
        for value in [*offered[1:], ""]:
            control.select_option(value)
            found = expected(catalog, **{name: value})
            assert shown(page) == found, value
            assert query(page) == ({name: [value]} if value else {})
            count = f"{len(found)} of {len(catalog.rules)} rules"
            assert page.evaluate("document.querySelector('output').value") == count


def test_filters_combine_and_the_address_keeps_them(
    page: Page, address: str, catalog: Catalog
) -> None:
    page.goto(f"{address}rules/?h=limit")
    chosen = {"category": "queue", "impact": "high", "failure": "raises"}
    for name, value in chosen.items():
        choose(page, name, value)
    found = expected(catalog, **chosen)
    assert 0 < len(found) < len(expected(catalog, category="queue"))
    assert shown(page) == found
    page.get_by_role("searchbox", name=TEXT).fill("  per   KEY ")
    narrower = shown(page)
    assert 0 < len(narrower) < len(found)
    page.wait_for_url("**text=per+++KEY**")
    page.reload()
    assert shown(page) == narrower
    assert query(page) == {
        **{name: [value] for name, value in chosen.items()},
        "text": ["per   KEY"],
        "h": ["limit"],
    }
    for name, value in chosen.items():
        assert (
            page.get_by_role("combobox", name=LABELS[name], exact=True).input_value()
            == value
        )


def test_text_is_found_wherever_a_rule_has_it(
    page: Page, address: str, catalog: Catalog
) -> None:
    page.goto(f"{address}rules/")
    rule = catalog.rule("queue-concurrency")
    keyword = "mutex"
    assert keyword in rule.meta.keywords
    for text in (rule.id, rule.title, rule.description, keyword):
        page.get_by_role("searchbox", name=TEXT).fill(text.upper())
        assert shown(page) == [rule.id], text
    page.get_by_role("searchbox", name=TEXT).fill("serialization")
    assert "advanced-serialization" in shown(page)
    # The other columns have filters of their own.
    page.get_by_role("searchbox", name=TEXT).fill("critical both")
    assert shown(page) == []


def test_no_match_says_so_and_reset_shows_all(
    page: Page, address: str, catalog: Catalog
) -> None:
    page.goto(f"{address}rules/?category=step&text=nothing-has-this")
    status = page.locator("output, [role=status]").filter(has_text="No rule")
    expect(status).to_have_text("No rule matches.")
    expect(status).to_have_attribute("aria-live", "polite")
    expect(page.locator(".rule-table")).to_be_hidden()
    page.get_by_role("button", name="Reset filters").click()
    assert shown(page) == expected(catalog)
    assert query(page) == {}
    expect(page.get_by_role("button", name="Reset filters")).to_be_hidden()


def test_an_unknown_value_filters_nothing(
    page: Page, address: str, catalog: Catalog
) -> None:
    """And the control says so."""
    page.goto(f"{address}rules/?impact=dire&category=step")
    assert shown(page) == expected(catalog, category="step")
    control = page.get_by_role("combobox", name="Impact", exact=True)
    assert control.evaluate("it => it.selectedOptions[0]?.label") == "All"


def test_back_and_forward_restore_the_filters(
    page: Page, address: str, catalog: Catalog
) -> None:
    page.goto(f"{address}rules/")
    choose(page, "category", "step")
    page.get_by_role("link", name="step-basics").click()
    page.wait_for_url("**/rules/step-basics/")
    page.go_back()
    assert shown(page) == expected(catalog, category="step")
    page.evaluate("history.pushState(null, '', '?impact=critical')")
    page.go_back()
    assert shown(page) == expected(catalog, category="step")
    page.go_forward()
    assert shown(page) == expected(catalog, impact="critical")


def test_the_keyboard_is_enough(page: Page, address: str, catalog: Catalog) -> None:
    page.goto(f"{address}rules/")
    page.get_by_role("searchbox", name=TEXT).focus()
    page.keyboard.type("limit")
    page.keyboard.press("Enter")
    assert query(page) == {"text": ["limit"]}
    page.keyboard.press("Tab")
    page.keyboard.type("Queue")
    assert query(page) == {"text": ["limit"], "category": ["queue"]}
    found = shown(page)
    assert 0 < len(found) < len(expected(catalog, category="queue"))
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Reset filters")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name=TEXT)).to_be_focused()
    assert shown(page) == expected(catalog)


def test_without_script_the_table_is_complete(
    new_context: Callable[..., BrowserContext], address: str, catalog: Catalog
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}rules/?category=queue")
    rows = page.locator(".rule-table tbody tr:visible")
    assert rows.count() == len(catalog.rules)
    assert page.locator("article :is(form, input, select, button):visible").count() == 0


def test_nothing_moves_when_the_script_comes(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    """The form, its count and its choices are in the built page."""
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    page.route("**/assets/filter*.js", lambda route: route.abort())
    page.goto(f"{address}rules/")
    without = page.locator("article").inner_html(), boxes(page)
    page.unroute("**/assets/filter*.js")
    page.goto(f"{address}rules/")
    assert (page.locator("article").inner_html(), boxes(page)) == without


def test_a_narrow_screen_does_not_scroll_sideways(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    for name in ("rules", "checklist"):
        page.goto(f"{address}{name}/")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate(
            """() => [...document.querySelectorAll("article td, article li")]
                .every((cell) => cell.getBoundingClientRect().right <= 390)"""
        )

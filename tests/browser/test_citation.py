"""A rule's citation and its headings' links, used with mouse and keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from book.model import Catalog

RULE = "rules/queue-concurrency/"
TITLE = "Choose the worker limit or the global limit"


@pytest.fixture
def rule(new_context: Callable[..., BrowserContext], address: str) -> Page:
    """The page of a rule, which may use the clipboard."""
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + RULE)
    return page


def copied(page: Page) -> str:
    expect(page.locator(".rule-cite [role=status]")).to_have_text("Citation copied")
    return page.evaluate("navigator.clipboard.readText()")


def test_a_click_copies_the_citation(rule: Page, site_url: str) -> None:
    status = rule.locator(".rule-facts [role=status]")
    expect(status).to_have_text("")
    rule.get_by_role("button", name="Copy citation").click()
    assert copied(rule) == f"[queue-concurrency]({site_url}{RULE}): {TITLE}"
    expect(rule.locator(".rule-facts code")).to_have_text("queue-concurrency")


def test_a_key_copies_the_citation(rule: Page, site_url: str) -> None:
    button = rule.get_by_role("button", name="Copy citation")
    rule.locator("h1 a.headerlink").focus()
    rule.keyboard.press("Tab")
    expect(button).to_be_focused()
    rule.keyboard.press("Enter")
    assert copied(rule) == f"[queue-concurrency]({site_url}{RULE}): {TITLE}"
    expect(button).to_be_focused()


def test_without_a_published_address_the_page_cites_its_own(
    rule: Page, address: str
) -> None:
    """As `mkdocs build` without SITE_URL makes it: no canonical address."""

    def without_canonical(route: Route) -> None:
        response = route.fetch()
        text = response.text().replace('rel="canonical"', 'rel="other"')
        route.fulfill(response=response, body=text)

    rule.route(f"**/{RULE}*", without_canonical)
    rule.goto(f"{address}{RULE}?from=chat#why")
    rule.get_by_role("button", name="Copy citation").click()
    assert copied(rule) == f"[queue-concurrency]({address}{RULE}): {TITLE}"


def test_a_refusal_is_said(rule: Page) -> None:
    rule.evaluate("""() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
    }""")
    rule.get_by_role("button", name="Copy citation").click()
    status = rule.locator(".rule-cite [role=status]")
    expect(status).to_have_text("Not copied: the browser refused")


def test_without_scripts_there_is_no_button(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(address + RULE)
    assert page.locator(".rule-facts code").inner_text() == "queue-concurrency"
    assert page.locator(".rule-facts button").count() == 0


def test_a_heading_links_to_itself(page: Page, address: str) -> None:
    page.goto(address + RULE)
    link = page.get_by_role("link", name="Link to this section: Why", exact=True)
    page.get_by_role("heading", name="Why").hover()
    expect(link).to_have_css("opacity", "1")
    link.click()
    expect(page).to_have_url(f"{address}{RULE}#why")
    link = page.get_by_role("link", name="Link to this section: Correct", exact=True)
    link.focus()
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{RULE}#correct")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_badges_can_be_read(
    new_context: Callable[..., BrowserContext],
    address: str,
    catalog: Catalog,
    scheme: str,
) -> None:
    """Contrast AA: 4.5 between the word and its badge, for every impact in use."""
    page = new_context(color_scheme=scheme).new_page()
    page.goto(address + RULE)
    # A build leaves out the styles of an impact that no page has.
    used = sorted({rule.impact for rule in catalog.rules})
    ratios = page.evaluate(CONTRAST, used)
    assert min(ratios.values()) >= 4.5, ratios
    assert len(ratios) > 1


#: The contrast of a badge's colours, by the formula of WCAG 2, for each impact.
CONTRAST = """impacts => {
  const luminance = (color) => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const facts = document.querySelector(".rule-facts");
  const badge = facts.querySelector("strong");
  return Object.fromEntries(impacts.map((impact) => {
    facts.className = `rule-facts impact-${impact}`;
    const { color, backgroundColor } = getComputedStyle(badge);
    const [low, high] = [color, backgroundColor].map(luminance).sort((a, b) => a - b);
    return [impact, (high + 0.05) / (low + 0.05)];
  }));
}"""

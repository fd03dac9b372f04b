"""Every page, as a browser shows it: with the keyboard, without scripts, on paper."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, expect
from support import ROOT

from book.model import Catalog

#: Pages that share neither template nor styles, for a wide screen.
KINDS = ["", "rules/step-basics/", "reference/queue/"]
#: Each page's address below the site's.
PAGES = sorted(
    f"{path.relative_to(ROOT / 'docs').with_suffix('')}/".removesuffix("index/")
    for path in ROOT.glob("docs/**/*.md")
    if "_hooks" not in path.parts
)
#: Lines in which a pair differs, as far as one has to scroll sideways to read them.
HIDDEN_MARKS = """[...document.querySelectorAll("article .hll")]
  .filter(line => {
    const code = line.closest("code")
    const texts = document.createRange()
    texts.selectNodeContents(line)
    const { left, right } = texts.getBoundingClientRect()
    return left < 0 || right > 390 || code.scrollWidth > code.clientWidth
  })
  .map(line => line.textContent)"""
#: axe looks at what is shown, but walks through all, and whole files are half.
LIGHTEN = """document.querySelectorAll("details:not([open]) > :not(summary)")
  .forEach(element => element.remove())"""
#: Contrast depends on a text's colour, size and weight and on all that is behind it. Of
#: texts that share these axe measures three, or all where it has no verdict on those,
#: and of a kind that has passed before on the page, none: there are hundreds of them.
RUN_AXE = """async ({ passed, all_rules }) => {
  const behind = new Map([[null, ""]])
  const backdrop = element => {
    if (!behind.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element)
      const own = [backgroundColor, backgroundImage, opacity].join()
      const seen = own === "rgba(0, 0, 0, 0),none,1" ? "" : `${own} on `
      behind.set(element, seen + backdrop(element.parentElement))
    }
    return behind.get(element)
  }
  const isShown = element => element.getBoundingClientRect().right > 0
    && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  // axe does not judge pictures, ticks, punctuation, or a text of one character.
  const everything = "*:not(svg *, input:is([type=checkbox], [type=radio]))"
  const alike = new Map()
  for (const element of document.body.querySelectorAll(everything)) {
    const isControl = element.matches("input, select, textarea")
    const text = Array.from(element.childNodes)
      .filter(node => node.nodeType === Node.TEXT_NODE)
      .map(node => node.data.trim()).join("")
    const isText = text.length > 1 && /[^\\p{P}\\p{S}\\s]/u.test(text)
    if (!isControl && !isText) continue
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element)
    const kind = [isControl, color, fontSize, fontWeight, textShadow,
      backdrop(element)].join()
    if (passed.includes(kind) || !isShown(element)) continue
    alike.set(kind, [...(alike.get(kind) ?? []), element])
  }

  // Besides contrast, links are what a scheme changes; all else is the same in both.
  let rules = all_rules ? {} : { runOnly: ["color-contrast", "link-in-text-block"] }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-measured]" }] })
  const violations = [], judged = new Set()
  const three = all => [all[0], all[all.length >> 1], all.at(-1)]
  for (const choose of [three, all => all]) {
    const open = [...alike].filter(([kind]) => !judged.has(kind))
    const chosen = open.flatMap(([, all]) => choose(all))
    if (choose !== three && !chosen.length) break
    chosen.forEach(element => element.toggleAttribute("data-measured", true))
    // Its selectors, of all that passes too, would take long.
    const results = await axe.run(document, { elementRef: true, selectors: false,
      resultTypes: ["violations", "passes"], ...rules })
    chosen.forEach(element => element.toggleAttribute("data-measured", false))
    rules = { runOnly: ["color-contrast"] }
    const elements = new Set([...results.violations, ...results.passes]
      .filter(({ id }) => id === "color-contrast")
      .flatMap(({ nodes }) => nodes).map(({ element }) => element))
    for (const [kind, all] of open)
      if (all.some(element => elements.has(element))) judged.add(kind)
    violations.push(...results.violations)
  }
  return {
    violations: violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id} at ${html}`)),
    passed: violations.length ? [] : [...judged],
  }
}"""
#: Of links that are underlined, those whose line touches the underscores of their text.
HIDDEN_UNDERSCORES = """() => {
  const canvas = document.createElement("canvas").getContext("2d")
  const lowest = element => {
    const { fontSize, fontFamily } = getComputedStyle(element)
    canvas.font = `${fontSize} ${fontFamily}`
    return canvas.measureText("_").actualBoundingBoxDescent
  }
  const names = [...document.querySelectorAll("article a, article a *")]
    .filter(element => element.innerText.includes("_"))
    .map(element => [element, getComputedStyle(element.closest("a"))])
    .filter(([, { textDecorationLine }]) => textDecorationLine === "underline")
  return {
    count: names.length,
    hidden: names.filter(([element, { textUnderlineOffset }]) =>
      !(parseFloat(textUnderlineOffset) > lowest(element)))
      .map(([element]) => element.innerText),
  }
}"""
#: Whether an element, or the label that stands for a hidden control, is marked.
SHOWS_FOCUS = """element => [element, element.nextElementSibling].some(each => {
  const { outlineStyle, boxShadow } = each ? getComputedStyle(each) : {}
  return (outlineStyle ?? "none") !== "none" || (boxShadow ?? "none") !== "none"
})"""


@pytest.fixture
def passed() -> set[str]:
    """The kinds of text of a page whose contrast axe has passed."""
    return set()


def violations(
    page: Page,
    scheme: Literal["light", "dark"],
    passed: set[str],
    *,
    all_rules: bool,
) -> list[str]:
    """What axe finds wrong with the contrasts of the page as it is shown, and else.

    Args:
        page: The page.
        scheme: Whose colours it is to have.
        passed: The kinds of text that need no look; those that pass are added.
        all_rules: Whether to look for what no scheme changes, too.
    """
    set_scheme(page, scheme)
    name = {"light": "default", "dark": "slate"}[scheme]
    page.wait_for_function(
        "name => document.body.dataset.mdColorScheme === name", arg=name
    )
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    result = page.evaluate(RUN_AXE, {"passed": [*passed], "all_rules": all_rules})
    passed.update(result["passed"])
    return [f"{page.url} {scheme}: {text}" for text in result["violations"]]


def set_scheme(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Sets what the system prefers, without colours that fade into each other."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


@pytest.fixture(scope="module")
def phone_with_axe(phone: tuple[Page, list[str]]) -> tuple[Page, list[str]]:
    """The narrow page; axe, half a megabyte, is handed over once for all visits."""
    phone[0].add_init_script(AXE_SCRIPT)
    return phone


@pytest.mark.parametrize("path", PAGES)
def test_on_a_phone(
    phone_with_axe: tuple[Page, list[str]],
    address: str,
    passed: set[str],
    path: str,
) -> None:
    """It fits, is accessible in both schemes, and asks for nothing from elsewhere."""
    page, problems = phone_with_axe
    problems.clear()
    # A page begins as the one before it ended: to change the scheme takes a while.
    first, second = ("dark", "light") if PAGES.index(path) % 2 else ("light", "dark")
    set_scheme(page, first)
    # Scripts have run by then.
    page.goto(address + path, wait_until="domcontentloaded")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(HIDDEN_MARKS) == []
    page.evaluate(LIGHTEN)
    problems += violations(page, first, passed, all_rules=True)
    problems += violations(page, second, passed, all_rules=False)
    assert not problems, "\n".join(problems)


def test_one_faint_text_among_many_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}checklist/")
    faint = page.locator("article li code").nth(25)
    passed: set[str] = set()
    for scheme in ("light", "dark"):
        faint.evaluate("it => { it.style.color = '' }")
        assert violations(page, scheme, passed, all_rules=False) == []
        faint.evaluate("it => { it.style.color = '#777a' }")
        found = violations(page, scheme, passed, all_rules=False)
        assert [text.split()[2] for text in found] == ["color-contrast"]


def test_a_faint_text_is_found_among_alike_that_axe_does_not_judge(
    page: Page, address: str
) -> None:
    page.goto(f"{address}checklist/")
    # Contrast of what a disabled field is called does not count.
    page.evaluate(
        """() => [true, false, true, true, true].forEach(disabled => {
          const label = document.createElement("label")
          const field = document.createElement("input")
          Object.assign(field, { disabled })
          label.id = disabled ? "" : "judged"
          label.append("A faint text", disabled ? field : "")
          label.style.color = "#777a"
          document.querySelector("article").append(label)
        })"""
    )
    (found,) = violations(page, "light", set(), all_rules=False)
    assert found.split()[2] == "color-contrast"
    assert 'id="judged"' in found


@pytest.mark.parametrize("path", ["rules/workflow-determinism/", "errors/"])
def test_a_line_under_a_link_hides_no_underscore(
    page: Page, address: str, path: str
) -> None:
    page.goto(address + path)
    found = page.evaluate(HIDDEN_UNDERSCORES)
    assert found["count"]
    assert found["hidden"] == []


def test_no_page_is_left_out(site: Path) -> None:
    built = (path.parent.relative_to(site) for path in site.rglob("index.html"))
    assert sorted(f"{path}/".removeprefix("./") for path in built) == PAGES


@pytest.mark.parametrize("path", KINDS)
def test_each_kind_of_page_on_a_wide_screen(
    page: Page, address: str, passed: set[str], path: str
) -> None:
    """With all that is folded, unfolded."""
    page.goto(address + path, wait_until="domcontentloaded")
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    problems = violations(page, "light", passed, all_rules=True)
    problems += violations(page, "dark", passed, all_rules=False)
    assert not problems, "\n".join(problems)


def test_by_keyboard_from_the_landing_page_to_a_rule_and_back(
    page: Page, address: str
) -> None:
    page.goto(address)
    focused = page.locator(":focus")
    page.keyboard.press("Tab")
    expect(focused).to_have_text("Skip to content")
    for _ in range(60):
        page.keyboard.press("Tab")
        assert focused.evaluate(SHOWS_FOCUS), focused.evaluate("e => e.outerHTML")
        if focused.inner_text() == "put every side effect in a step":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/step-basics/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("title", "DBOS Python Best Practices")
    page.keyboard.press("Enter")
    page.wait_for_url(address)


@pytest.mark.parametrize(
    ("system", "stored", "shown"),
    [("dark", None, "slate"), ("light", None, "default"), ("dark", 1, "default")],
)
def test_colours_are_right_before_the_bundle_comes(
    new_context: Callable[..., BrowserContext],
    address: str,
    system: str,
    stored: int | None,
    shown: str,
) -> None:
    """A first visit in the dark does not begin with a white page."""
    page = new_context(color_scheme=system).new_page()
    if stored is not None:
        page.goto(address)
        page.locator(f"label[for=__palette_{stored}]").click()
        expect(page.locator(f"#__palette_{stored}")).to_be_checked()
    page.route("**/bundle*.js", lambda route: route.abort())
    page.goto(f"{address}rules/step-basics/")
    colours = page.locator("body").evaluate("it => ({...it.dataset})")
    expected = {"Scheme": shown, "Primary": "custom", "Accent": "custom"}
    for name, value in expected.items():
        assert colours[f"mdColor{name}"] == value


def test_reduced_motion_is_respected(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    page.goto(f"{address}rules/step-basics/")
    durations = page.evaluate(
        """() => [...document.querySelectorAll("*")].map(
          e => parseFloat(getComputedStyle(e).transitionDuration))"""
    )
    assert max(durations) < 0.001


def test_without_scripts_all_is_there_but_search_and_filters(
    new_context: Callable[..., BrowserContext], address: str, catalog: Catalog
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(address)
    page.get_by_role("link", name="All rules").first.click()
    rows = page.locator(".rule-table tbody tr")
    assert rows.count() == len(catalog.rules)
    page.get_by_role("link", name="step-basics").first.click()
    expect(page.locator("h1")).to_contain_text("Put every side effect in a step")
    expect(page.locator("figure.timeline svg").first).to_be_visible()
    whole = page.locator("details.whole-file").first
    expect(whole.locator("pre")).to_be_hidden()
    whole.locator("summary").click()
    expect(whole.locator("pre")).to_be_visible()
    page.goto(f"{address}errors/#error-11")
    expect(page.locator("#error-11")).to_be_in_viewport()


def test_without_scripts_nothing_is_wider_than_a_phone(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    viewport = {"width": 390, "height": 844}
    page = new_context(viewport=viewport, java_script_enabled=False).new_page()
    # The last has the longest title. Rules with pictures: test_timeline.py.
    for path in [*KINDS, "rules/", "errors/", "checklist/", "rules/workflow-timeout/"]:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path


def test_a_printed_rule_has_its_text_and_nothing_else(page: Page, address: str) -> None:
    page.goto(f"{address}rules/step-basics/")
    page.emulate_media(media="print", color_scheme="dark")
    for part in (".md-header", ".md-sidebar", ".md-footer", ".md-top", "button"):
        for element in page.locator(part).all():
            expect(element).to_be_hidden()
    expect(page.locator(".output").first).to_be_visible()
    expect(page.locator("figure.timeline svg").first).to_be_visible()
    text = page.locator(".md-content p").last
    channels = re.findall(r"\d+", text.evaluate("e => getComputedStyle(e).color"))
    assert max(map(int, channels[:3])) < 140, "print is dark on white"

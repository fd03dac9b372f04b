"""Search, as somebody with a symptom uses it."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import markup
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from book import errors
from book.model import Catalog
from browser.watching import first_result, watch_errors

pytestmark = pytest.mark.search

#: What developers type, and the rules that answer, `|` between equals.
QUERIES = Path(__file__).with_name("queries.tsv")
#: Shares of queries with an expected rule first, and among the first three.
FIRST, FIRST_THREE = 0.90, 0.97

#: Types a text, and says what was rendered and how many milliseconds that took.
SEARCH = """
query => new Promise((resolve, reject) => {
  const input = document.querySelector("[data-md-component=search-query]")
  const list = document.querySelector(".md-search-result__list")
  const meta = document.querySelector(".md-search-result__meta")
  list.innerHTML = meta.textContent = ""
  const observer = new MutationObserver(() => {
    const items = [...list.querySelectorAll(":scope > li > a")]
    if (!items.length && !meta.textContent.startsWith("No matching")) return
    observer.disconnect()
    const found = items.map(item => {
      const { pathname, hash } = new URL(item.href)
      return pathname + hash
    })
    resolve({ found, took: performance.now() - start })
  })
  observer.observe(meta.parentElement, { childList: true, subtree: true })
  setTimeout(() => reject(new Error(`no answer to ${query}`)), 5000)
  input.value = query
  const start = performance.now()
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
})
"""


class Answer(NamedTuple):
    """What the search gave for one query."""

    query: str
    expected: list[str]
    rules: list[str]
    milliseconds: float


@pytest.fixture(scope="module")
def opened(chromium: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page whose search has its index, and the errors that it reports."""
    context = chromium.new_context()
    page, errors = context.new_page(), []
    watch_errors(page, errors)
    open_search(page, address)
    yield page, errors
    page.goto("about:blank")
    context.close()


@pytest.fixture
def searching(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page of all tests that only type; an error fails the test."""
    page, errors = opened
    page.locator("[data-md-component=search-query]").fill("")
    page.keyboard.press("End")
    expect_nothing_asked(page)
    yield page
    assert not errors


def open_search(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    expect_nothing_asked(page)


def expect_nothing_asked(page: Page) -> None:
    """No answer is under way that could be taken for the next one."""
    expect(page.locator(".md-search-result__meta")).to_have_text(
        "Type to start searching"
    )


def search(page: Page, query: str) -> tuple[list[str], float]:
    """The addresses found, best first, below the site's, and the milliseconds."""
    result = page.evaluate(SEARCH, query)
    return [path.split("/", 2)[2] for path in result["found"]], result["took"]


def ids(found: list[str]) -> list[str]:
    """What was found, with a rule's address cut down to its id."""
    return [re.sub(r"^rules/([a-z0-9-]+)/$", r"\1", path) for path in found]


def results(page: Page) -> Locator:
    return page.locator(".md-search-result__list > li > a")


def test_the_sample(
    searching: Page, record_property: Callable[[str, object], None]
) -> None:
    answers = []
    lines = QUERIES.read_text("utf-8").splitlines()
    for row in csv.DictReader(lines, delimiter="\t"):
        found, took = search(searching, row["query"])
        answers.append(
            Answer(row["query"], row["expected"].split("|"), ids(found), took)
        )
    first = [a for a in answers if set(a.rules[:1]) & set(a.expected)]
    three = [a for a in answers if set(a.rules[:3]) & set(a.expected)]
    record_property(
        "summary",
        f"search: {len(answers)} queries, a right rule first {len(first)} times "
        f"({len(first) / len(answers):.1%}), in the first three {len(three)} times "
        f"({len(three) / len(answers):.1%}); last key to results: median "
        f"{median(a.milliseconds for a in answers):.0f} ms",
    )
    late = [f"{a.query}: {a.rules[:3]}" for a in answers if a not in first]
    assert len(first) >= FIRST * len(answers), "\n".join(late)
    assert len(three) >= FIRST_THREE * len(answers), "\n".join(late)


def test_every_rule_is_found_by_its_id_its_title_and_its_error_texts(
    searching: Page, catalog: Catalog
) -> None:
    late = []
    for rule in catalog.rules:
        for text in (rule.id, rule.title):
            if ids(search(searching, text)[0])[0] != rule.id:
                late.append(text)
    # The search answers a change: the same text twice in a row would hang.
    entries = {entry.printed: entry for entry in errors.entries(catalog)}
    for printed, entry in entries.items():
        pasted = re.sub(r"\{\w+\}", "'order-4711'", printed)
        found = ids(search(searching, pasted)[0])[:2]
        own = {*entry.rules} or {"errors/"}
        # A text that is all placeholder leads nowhere.
        if re.search(r"\w", re.sub(r"\{\w+\}", "", entry.text)) and not own & {*found}:
            late.append(f"{pasted}: {found}")
    assert not late


def test_every_question_is_found_by_its_words(searching: Page, site: Path) -> None:
    """At its place, among the first four results."""
    page = markup.load(site / "faq/index.html")
    questions = markup.find(page, "article h3")
    assert len(questions) >= 30
    for question in questions:
        text = markup.text(question).removesuffix("¶")
        assert f"faq/#{question.id}" in search(searching, text)[0][:4], text


@pytest.mark.parametrize(
    ("pasted", "rule"),
    [
        (
            "dbos._error.DBOSUnexpectedStepError: DBOS Error 11: During execution of "
            'workflow 7f3e0b4c-11aa step 3, function "charge" was recorded when '
            "'ship' was expected. Check that your workflow is deterministic.",
            "workflow-determinism",
        ),
        (
            "TypeError: DBOS.__new__() got an unexpected keyword argument 'fastapi'",
            "advanced-upgrading-v3",
        ),
        (
            '  File "/srv/app/main.py", line 12, in <module>\n'
            "dbos._error.DBOSQueueDeduplicatedError: DBOS Error 12: Workflow 0b1c "
            'was deduplicated due to an existing workflow in queue "mail" with '
            "deduplication ID user-17.",
            "queue-deduplication",
        ),
    ],
)
def test_a_pasted_error_finds_its_rule(searching: Page, pasted: str, rule: str) -> None:
    assert ids(search(searching, pasted)[0])[0] == rule


@pytest.mark.parametrize(
    "query", ['"', "a:b", "^", "~~", "+-*", "<b>", "\\", "💥", " "]
)
def test_no_query_breaks_the_search(searching: Page, query: str) -> None:
    searching.keyboard.type(query)
    searching.locator("[data-md-component=search-query]").fill("")
    searching.keyboard.type("retry")
    expect(results(searching).first).to_have_attribute(
        "href", re.compile("step-retries/")
    )


def test_a_result_shows_title_id_category_and_impact(searching: Page) -> None:
    searching.keyboard.type("global_concurrency")
    shown = results(searching).first
    expect(shown).to_contain_text("Choose the worker limit or the global limit")
    for text in ("queue-concurrency", "Queue", "HIGH"):
        expect(
            shown.locator(".md-tag", has_text=re.compile(f"^{text}$"))
        ).to_be_visible()
    expect(shown).not_to_contain_text("Missing")


def test_search_by_keyboard(page: Page, address: str) -> None:
    open_search(page, address)
    # In one piece: the results of a longer text would replace the one that has focus.
    assert ids(search(page, "debounce")[0])[0] == "pattern-debouncing"
    page.keyboard.press("ArrowDown")
    expect(results(page).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/pattern-debouncing/**")
    page.keyboard.press("/")
    field = page.locator("[data-md-component=search-query]")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()


def test_a_search_has_an_address(page: Page, address: str) -> None:
    page.goto(f"{address}?q=charged+twice")
    expect(results(page).first).to_be_visible()


def test_the_first_result_of_a_visit_on_a_phone(
    new_context: Callable[..., BrowserContext],
    address: str,
    record_property: Callable[[str, object], None],
) -> None:
    """Not asserted but for having one: the time depends on the machine."""
    took = first_result(new_context().new_page(), address)
    record_property("summary", f"search: first result of a visit on 4G {took:.0f} ms")

"""Search, as somebody with a symptom uses it."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import unquote

import markup
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from book import errors
from book.model import Catalog
from browser.watching import first_result, watch_errors
from theme import search as index

pytestmark = pytest.mark.search

#: What developers type, and the rules that answer, `|` between equals. The search was
#: tuned on the `tuned` part. Who wrote the `unseen` part, and who said what answers,
#: knew the pages' texts alone; no change is made to find one of these.
QUERIES = Path(__file__).with_name("queries.tsv")
#: Shares of queries with an expected rule first, and among the first three.
FIRST, FIRST_THREE = 0.90, 0.97
TYPOS_FIRST, TYPOS_FIRST_THREE = 0.85, 0.90
#: A place is found by its own words when it is below one of the first so many results.
#: Some rows have the same words as rows of other rules.
AMONG = 8

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


#: Gives what the worker answers, without the dialog: a function that stays on the page.
ASK = """
async () => {
  const { base, search } = JSON.parse(document.querySelector("#__config").textContent)
  const worker = new Worker(new URL(search, location))
  const index = await fetch(new URL(`${base}/search/search_index.json`, location))
  const waiting = new Map()
  worker.onmessage = ({ data: { type, data } }) => {
    if (type !== 3) return
    const found = data.items.map(item => item.map(({ location }) => location))
    waiting.get(data.query)?.(found)
    waiting.delete(data.query)
  }
  const asked = query => new Promise(resolve => {
    waiting.set(query, resolve)
    worker.postMessage({ type: 2, data: query })
  })
  worker.postMessage({ type: 0, data: await index.json() })
  // The rest of the index comes later than the rules.
  while (!(await asked("glossary")).flat().includes("terms/"))
    await new Promise(resolve => setTimeout(resolve, 50))
  window.ask = async queries => {
    const answers = []
    for (const query of queries) answers.push(await asked(query))
    return answers
  }
}
"""


class Query(NamedTuple):
    """A row of the sample."""

    query: str
    expected: str
    kind: str
    part: str


@pytest.fixture(scope="module")
def ask(
    chromium: Browser, address: str
) -> Iterator[Callable[[list[str]], list[list[list[str]]]]]:
    """Gives for each query the results, best first, each as its page and its places."""
    context = chromium.new_context()
    page, errors = context.new_page(), []
    watch_errors(page, errors)
    page.goto(address)
    page.evaluate(ASK)
    yield lambda queries: page.evaluate("queries => ask(queries)", queries)
    assert not errors
    page.goto("about:blank")
    context.close()


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
    # When the rest of the index comes, it completes the answer to what was typed.
    page.keyboard.type("glossary")
    expect(page.locator("a.md-search-result__link[href$='/terms/']")).to_be_visible()
    page.locator("[data-md-component=search-query]").fill("")
    page.keyboard.press("End")
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


def sample() -> list[Query]:
    lines = QUERIES.read_text("utf-8").splitlines()
    rows = csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Query(*row) for row in rows]


def test_the_sample(
    ask: Callable[[list[str]], list[list[list[str]]]],
    record_property: Callable[[str, object], None],
) -> None:
    queries = sample()
    answers = ask([query.query for query in queries])
    asked: Counter[tuple[str, str]] = Counter()
    first: Counter[tuple[str, str]] = Counter()
    three: Counter[tuple[str, str]] = Counter()
    late = []
    for query, answer in zip(queries, answers, strict=True):
        found = ids([result[0] for result in answer])
        expected = set(query.expected.split("|"))
        for kind in (query.kind, ""):
            key = query.part, kind
            asked[key] += 1
            first[key] += bool(expected & {*found[:1]})
            three[key] += bool(expected & {*found[:3]})
        if query.part == "tuned" and not expected & {*found[:1]}:
            late.append(f"{query.query}: {found[:3]}")
    for part in ("tuned", "unseen"):
        kinds = sorted(kind for at, kind in asked if at == part)
        scores = (
            f"{kind or 'all'} {asked[part, kind]}: "
            f"{first[part, kind] / asked[part, kind]:.0%} / "
            f"{three[part, kind] / asked[part, kind]:.0%}"
            for kind in kinds
        )
        record_property(
            "summary",
            f"search, {part} queries, a right rule first / in three: "
            + ", ".join(scores),
        )
    for part in ("tuned", "unseen"):
        for kind, least in (("", FIRST), ("typo", TYPOS_FIRST)):
            assert first[part, kind] >= least * asked[part, kind], "\n".join(late)
        for kind, least in (("", FIRST_THREE), ("typo", TYPOS_FIRST_THREE)):
            assert three[part, kind] >= least * asked[part, kind], "\n".join(late)


def test_the_sample_is_sound(catalog: Catalog) -> None:
    queries = sample()
    assert len({query.query.lower() for query in queries}) == len(queries)
    assert Counter(query.part for query in queries)["unseen"] >= 75
    for query in queries:
        assert {*query.expected.split("|")} <= {*catalog.ids}, query


def test_the_time_from_the_last_key_to_results(
    searching: Page, record_property: Callable[[str, object], None]
) -> None:
    """Not asserted: it depends on the machine."""
    queries = [query.query for query in sample()][::10]
    took = median(search(searching, query)[1] for query in queries)
    record_property("summary", f"search: last key to results, median {took:.0f} ms")


def test_every_rule_is_found_by_its_id_its_title_and_its_error_texts(
    ask: Callable[[list[str]], list[list[list[str]]]], catalog: Catalog
) -> None:
    late = []
    wanted = [
        (text, rule.id) for rule in catalog.rules for text in (rule.id, rule.title)
    ]
    for (text, rule), answer in zip(
        wanted, ask([text for text, _ in wanted]), strict=True
    ):
        if ids([answer[0][0]]) != [rule]:
            late.append(text)
    entries = {
        re.sub(r"\{\w+\}", "'order-4711'", entry.printed): entry
        for entry in errors.entries(catalog)
        # A text that is all placeholder leads nowhere.
        if re.search(r"\w", re.sub(r"\{\w+\}", "", entry.text))
    }
    for (pasted, entry), answer in zip(entries.items(), ask([*entries]), strict=True):
        found = ids([at for result in answer[:2] for at in result])
        own = {*entry.rules} or {f"errors/#{entry.anchor}"}
        if not own & {*found}:
            late.append(f"{pasted}: {found}")
    assert not late


def test_every_place_is_found_by_its_own_words(
    ask: Callable[[list[str]], list[list[list[str]]]], site: Path
) -> None:
    """Rows of cases, errors, terms, questions, each with the address of its place."""
    rest = json.loads((site / index.REST).read_text("utf-8"))
    wanted = [
        (doc["title"], doc["location"])
        for doc in rest["docs"]
        if doc["kind"] in ("term", "question", "error")
    ]
    wanted += [
        (text[0], text[2] if len(text) > 2 else f"{page}#cases:~:text={text[0]}")
        for page, sections in rest["places"].items()
        for anchor in ("cases", "errors")
        for text in sections[anchor]
    ]
    assert len(wanted) > 1700
    late = [
        (words, place, answer[:3])
        for (words, place), answer in zip(
            wanted, ask([words for words, _ in wanted]), strict=True
        )
        if place not in {unquote(at) for result in answer[:AMONG] for at in result}
    ]
    assert not late


def test_every_place_is_there(site: Path) -> None:
    """Where the index says: its section has its text."""
    rest = json.loads((site / index.REST).read_text("utf-8"))
    for doc in rest["docs"]:
        page, _, anchor = doc["location"].partition("#")
        document = markup.load(site / page / "index.html")
        assert not anchor or markup.find(document, f"[id='{anchor}']"), doc
    for page, sections in rest["places"].items():
        document = markup.load(site / page / "index.html")
        tables = markup.find(document, ".cases td:first-child")
        rows = {markup.text(row) for row in tables}
        assert {row[0] for row in sections["cases"]} <= rows, page
        path = site / "search" / f"{Path(page).name}.json"
        anchors = {heading.id for heading in markup.find(document, "h1, h2, h3, h4")}
        texts = markup.find(document, "article p, article li")
        article = " ".join(" ".join(map(markup.text, texts)).split())
        for anchor, sentences in json.loads(path.read_text("utf-8")).items():
            assert anchor in anchors, (page, anchor)
            for sentence in sentences:
                assert sentence in article, (page, sentence)
    for page, owners in rest["names"].items():
        document = markup.load(site / page / "index.html")
        there = {*markup.values(document, "[id]", "id")}
        for owner, names in owners.items():
            assert {f"{owner}.{name}" for name in names.split()} <= there, page


@pytest.mark.parametrize(
    ("typed", "shown", "lands"),
    [
        (
            "a job enqueued meanwhile",
            "a job enqueued meanwhile",
            "rules/lifecycle-shutdown/#cases",
        ),
        (
            "A child workflow goes on, unless you pass cancel_children",
            "A child workflow goes on, unless you pass cancel_children=True.",
            "rules/workflow-control/#why",
        ),
        ("deduplication id", "deduplication id", "terms/#deduplication-id"),
        ("How do I cancel a workflow?", "How do I cancel a workflow?", "faq/#"),
        ("DBOS.send_bulk", "DBOS.send_bulk", "reference/messages/#dbos.DBOS.send_bulk"),
    ],
)
def test_a_result_opens_at_its_place(
    page: Page, address: str, typed: str, shown: str, lands: str
) -> None:
    open_search(page, address)
    page.keyboard.type(typed)
    link = page.locator(f"a.md-search-result__link[href^='{address}{lands}']")
    link.filter(has_text=shown).first.click()
    page.wait_for_url(f"{address}{lands}**")
    blocks = page.locator("article :is(td, p, dt, h2, h3, h4)")
    expect(
        blocks.filter(has_text=shown.removeprefix("DBOS.")).first
    ).to_be_in_viewport()


def test_rules_come_before_categories_and_the_reference(
    ask: Callable[[list[str]], list[list[list[str]]]], catalog: Catalog
) -> None:
    for answer in ask([category.title for category in catalog.categories]):
        assert answer[0][0].startswith("rules/")
    order = [
        next(at for at, result in enumerate(answer) if result[0].startswith(kind))
        for answer in ask(["DBOS.send"])
        for kind in ("rules/", "reference/")
    ]
    assert order == sorted(order)


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

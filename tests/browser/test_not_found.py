"""The page for addresses that lead nowhere, as a browser shows it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

#: What Chromium logs for the document itself; its status is the point of these tests.
OWN_STATUS = "Failed to load resource: the server responded with a status of 404"
TITLES = ".not-found li a"
IDS = ".not-found li code"
LINKS = ".not-found-links a:visible"


@pytest.fixture
def lost(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page that may log the status of its own document, and no other error."""
    page = new_context().new_page()
    documents: set[str] = set()
    errors: list[tuple[str, str]] = []
    page.on("pageerror", lambda error: errors.append((page.url, str(error))))
    page.on(
        "console",
        lambda message: (
            errors.append((message.location["url"], message.text))
            if message.type == "error"
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            documents.add(request.url) if request.is_navigation_request() else None
        ),
    )
    yield page
    assert not [
        (url, text)
        for url, text in errors
        if url not in documents or not text.startswith(OWN_STATUS)
    ]


def go(page: Page, address: str) -> None:
    response = page.goto(address)
    assert response is not None
    assert response.status == 404


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        # Typing errors, in long words and in a short one.
        ("rules/queue-concurency/", "queue-concurrency"),
        ("rules/queue-dedpulicatoin/", "queue-deduplication"),
        ("rules/step/retreis/", "step-retries"),
        # Half of an id, at a depth of its own.
        ("rules/concurrency", "queue-concurrency"),
        ("docs/en/latest/guides/lifecycle-conf", "lifecycle-config"),
        # Files of other publications of the rules.
        ("queue_dedup.html", "queue-deduplication"),
        ("references/step-retries.md", "step-retries"),
        # Words of the title, a related form, an API name, capitals.
        ("cron", "pattern-scheduled"),
        ("tutorials/idempotent%20requests", "pattern-idempotency"),
        ("QueueListening", "queue-listening"),
        ("get_event", "comm-events"),
        ("Workflow%20TIMEOUTS", "workflow-timeout"),
        # A stray %, which is no code of a character.
        ("step-retry%", "step-retries"),
    ],
)
def test_the_likeliest_rule_comes_first(
    lost: Page, address: str, wrong: str, rule: str
) -> None:
    go(lost, address + wrong)
    assert lost.locator(IDS).first.inner_text() == rule
    assert lost.locator(IDS).count() <= 5
    target = lost.locator(TITLES).first.evaluate("link => link.href")
    assert target == f"{address}rules/{rule}/"


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ("queue-concurrency", "queue-concurrency"),
        ("Queue_Concurrency.html", "queue-concurrency"),
        # Word by word, step-basics fits as well.
        ("step/queue-basics.md", "queue-basics"),
    ],
)
def test_an_id_in_another_place_is_the_only_one(
    lost: Page, address: str, wrong: str, rule: str
) -> None:
    go(lost, address + wrong)
    assert lost.locator(IDS).all_inner_texts() == [rule]
    assert lost.locator(".not-found h2").inner_text() == "Did you mean this rule?"


def test_a_word_of_many_rules_names_five(lost: Page, address: str) -> None:
    go(lost, address + "queues")
    assert lost.locator(IDS).count() == 5
    assert lost.locator(".not-found h2").inner_text() == "The likeliest rules"
    assert lost.locator(".not-found").get_attribute("aria-live") == "polite"


def test_the_words_of_no_rule_name_none(lost: Page, address: str) -> None:
    go(lost, address + "xyzzy/qwrtp.php")
    assert lost.locator(LINKS).all_inner_texts() == [
        "Search this site for “xyzzy qwrtp”",
        "All rules",
        "Home",
    ]
    assert lost.locator(TITLES).count() == 0


def test_the_words_of_the_sites_own_address_do_not_count(
    lost: Page, address: str, site: Path
) -> None:
    prefix = urlsplit(address).path
    html = (site / "404.html").read_text("utf-8")
    elsewhere = html.replace(f'"base": "{prefix}"', f'"base": "{prefix}step-guide/"')
    assert elsewhere != html
    lost.route(
        f"{address}step-guide/cron",
        lambda route: route.fulfill(
            status=404, content_type="text/html; charset=utf-8", body=elsewhere
        ),
    )
    lost.route(
        f"{address}step-guide/search/search_index.json",
        lambda route: route.fulfill(path=site / "search/search_index.json"),
    )
    go(lost, f"{address}step-guide/cron")
    assert lost.locator(IDS).all_inner_texts() == ["pattern-scheduled"]
    assert lost.locator(LINKS).first.inner_text() == "Search this site for “cron”"


def test_an_address_without_words_offers_no_search(lost: Page, address: str) -> None:
    go(lost, address + "rules/42/")
    assert lost.locator(LINKS).all_inner_texts() == ["All rules", "Home"]


@pytest.mark.search
def test_the_search_opens_with_the_words(lost: Page, address: str) -> None:
    go(lost, address + "tutorials/send+recv/")
    lost.get_by_role("link", name="Search this site for").click()
    assert lost.url.startswith(f"{address}rules/?")
    search = lost.get_by_role("textbox", name="Search")
    assert search.input_value() == "tutorials send recv"
    lost.get_by_role("search").get_by_text("Match message topics").first.wait_for()


@pytest.mark.parametrize("wrong", ["nowhere", "a/b/c/d/e/f/"])
def test_it_looks_and_leads_the_same_at_every_depth(
    lost: Page, address: str, wrong: str
) -> None:
    """Its styles, scripts and links do not depend on where it is served."""
    failed: list[str] = []
    lost.on(
        "response",
        lambda response: (
            failed.append(response.url)
            if response.status != 200 and response.url != address + wrong
            else None
        ),
    )
    go(lost, address + wrong)
    assert not failed
    links = [link.get_attribute("href") for link in lost.locator(LINKS).all()]
    prefix = urlsplit(address).path
    assert links[-2:] == [f"{prefix}rules/", f"{prefix}."]


def test_it_says_what_happened_without_scripts(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    go(page, address + "rules/queue-concurency/")
    assert page.title().startswith("Page not found")
    assert page.locator("h1").inner_text() == "Page not found"
    assert "no page at this address" in page.locator("article").inner_text()
    assert page.locator(LINKS).all_inner_texts() == ["All rules", "Home"]
    assert not page.locator("article li code").count()

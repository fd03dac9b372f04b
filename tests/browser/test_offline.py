"""A copy of the site that opens from a folder, without a server."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import markup
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from support import ROOT, build_site

from book.changelog import FEED
from browser.watching import watch_requests


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("offline")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OFFLINE", "true")
        result = build_site(ROOT, target, site_url="")
    assert result.returncode == 0, result.stderr
    return target


@pytest.fixture
def home(
    folder: Path,
    new_context: Callable[..., BrowserContext],
) -> Iterator[Page]:
    """The landing page from the folder; nothing may fail or leave it."""
    failed: list[str] = []
    page = new_context(offline=True).new_page()
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("requestfailed", lambda request: failed.append(request.url))
    watch_requests(page, ("file:", "data:", "about:"), failed)
    page.goto((folder / "index.html").as_uri())
    yield page
    assert not failed


def test_links_lead_from_page_to_page(home: Page) -> None:
    home.get_by_role("link", name="Quickstart").first.click()
    expect(home.locator("h1")).to_have_text(re.compile("Quickstart|order", re.I))
    home.get_by_role("link", name="All rules").first.click()
    home.get_by_role("link", name="queue-concurrency").first.click()
    expect(home.locator("h1")).to_have_text(re.compile("worker limit"))


@pytest.mark.search
def test_search_works(home: Page) -> None:
    home.keyboard.press("/")
    home.keyboard.type("charged twice")
    first = home.locator(".md-search-result__list > li > a").first
    rule = re.compile(r"rules/step-idempotency\.html")
    expect(first).to_have_attribute("href", rule)
    home.keyboard.press("Enter")
    home.wait_for_url("**/rules/step-idempotency.html*")


def test_every_local_link_leads_to_a_file(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        if path.name == "404.html":
            continue
        page = markup.load(path)
        for address in markup.values(page, "[href]", "href") + markup.values(
            page, "[src]", "src"
        ):
            url = re.split("[#?]", address)[0]
            if not url:
                continue
            # Downloads, beside the published site, are for whoever has no copy.
            download = url.startswith("../") and path.parent == folder
            if not re.match(r"\w+:", url) and not download:
                target = (path.parent / url).resolve()
                assert target.is_file(), f"{path.relative_to(folder)} links {url}"


def test_a_site_without_an_address_has_no_feed(folder: Path) -> None:
    assert not (folder / FEED).exists()
    for path in folder.rglob("*.html"):
        head = path.read_text("utf-8").partition("</head>")[0]
        assert "atom" not in head, path


def test_no_room_is_left_for_a_button_that_never_comes(folder: Path) -> None:
    """A folder has no Markdown copies to read from."""
    for path in folder.rglob("*.html"):
        assert 'copy-markdown"' not in path.read_text("utf-8"), path

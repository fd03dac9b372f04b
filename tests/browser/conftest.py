"""The built site in a real Chromium, from a server on the loopback address."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from support import serving

from browser.watching import ARGUMENTS, BROWSERS, watch_errors, watch_requests

#: On each page the search prepares itself, which takes as long as all else.
NO_SEARCH = "window.Worker = class extends EventTarget { postMessage() {} }"


@pytest.fixture(scope="package")
def address(site: Path, site_url: str) -> Iterator[str]:
    """Where the built site is served: `http://127.0.0.1:<port>/<prefix>/`."""
    with serving(site, urlsplit(site_url).path) as address:
        yield address


@pytest.fixture(scope="package")
def host_address(site: Path, site_url: str) -> Iterator[str]:
    """The same from a host that sends what `_headers` asks for."""
    lines = (site / "_headers").read_text("utf-8").splitlines()[1:]
    sent = dict(line.strip().split(": ", 1) for line in lines)
    # Chromium says that it ignores it where there is no TLS.
    del sent["Strict-Transport-Security"]
    with serving(site, urlsplit(site_url).path, sent) as address:
        yield address


# Closed after the last test of this package, for which it needs its `__init__.py`: an
# event loop that runs in this process would be inherited by the snippets' forks.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this folder."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        hint = f"none of {BROWSERS} is on PATH; install Debian's {BROWSERS[0]}"
        if os.environ.get("CI"):
            pytest.fail(hint)
        pytest.skip(hint)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(
    chromium: Browser, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a context with options of its own, closed after the test.

    Its pages have their search only in a test that is marked by `search`.
    """
    contexts: list[BrowserContext] = []
    with_search = request.node.get_closest_marker("search")

    def make(**options: Any) -> BrowserContext:
        contexts.append(chromium.new_context(**options))
        if not with_search:
            contexts[-1].add_init_script(NO_SEARCH)
        return contexts[-1]

    yield make
    for context in contexts:
        # Chromium sometimes never closes a context in which a page is still loading,
        # and Playwright then waits for ever. An empty page has loaded.
        for page in context.pages:
            page.goto("about:blank")
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A fresh page; a console error or an uncaught exception fails the test."""
    errors: list[str] = []
    page = new_context().new_page()
    watch_errors(page, errors)
    yield page
    assert not errors


@pytest.fixture(scope="package")
def phone(chromium: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A narrow page for many visits, and what it reports or should not ask for.

    Styles and fonts are loaded once. Whoever visits empties the list first.
    """
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    context.add_init_script(NO_SEARCH)
    page, problems = context.new_page(), []
    watch_errors(page, problems)
    watch_requests(page, (address, "data:", "about:"), problems)
    yield page, problems
    page.goto("about:blank")
    context.close()

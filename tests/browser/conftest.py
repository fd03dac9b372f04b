"""The built site in a real Chromium, from a server on the loopback address."""

import gzip
import os
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    sync_playwright,
)

#: The first found is used. The shell is the same browser without a window, and needs
#: half of its processor time.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
#: What Chromium does besides showing pages would reach for the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

#: On each page the search prepares itself, which takes as long as all else.
NO_SEARCH = "window.Worker = class extends EventTarget { postMessage() {} }"
#: A page's own policy, without its content.
POLICY_IN_PAGE = b' http-equiv="Content-Security-Policy"'


@cache
def compressed(body: bytes) -> bytes:
    """The body as a host sends it; most files are asked for on every page."""
    return gzip.compress(body, 6)


class Server(ThreadingHTTPServer):
    """A server for one browser, which may drop connections at any time."""

    # A browser opens several connections at once. One that finds the queue full is
    # tried again after seconds.
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Reports errors of this program, not of the connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Serves the site below its prefix, compressed, with its 404 page.

    With headers to be sent it is a host that reads `_headers`: the policy is among
    them, and no longer in the page.
    """

    site: Path
    prefix: str
    sent: Mapping[str, str]

    def do_GET(self) -> None:
        inside = unquote(urlsplit(self.path).path).removeprefix(self.prefix)
        path = self.site / inside.lstrip("/")
        if path.is_dir():
            path /= "index.html"
        found = path.is_file()
        if not found:
            path = self.site / "404.html"
        body = path.read_bytes()
        if self.sent and path.suffix == ".html":
            assert POLICY_IN_PAGE in body, path
            body = body.replace(POLICY_IN_PAGE, b"")
        kind = self.guess_type(path)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        for name, value in self.sent.items():
            self.send_header(name, value)
        if re.search(r"text|json|javascript|xml", kind):
            self.send_header("Content-Encoding", "gzip")
            body = compressed(body)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keeps requests out of the tests' output."""


@contextmanager
def serving(site: Path, site_url: str, sent: Mapping[str, str]) -> Iterator[str]:
    """Serves the site on the loopback address; gives where, with a slash at the end."""
    prefix = urlsplit(site_url).path
    members = {"site": site, "prefix": prefix, "sent": sent}
    server = Server(("127.0.0.1", 0), type("SiteHandler", (Handler,), members))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="package")
def address(site: Path, site_url: str) -> Iterator[str]:
    """Where the built site is served: `http://127.0.0.1:<port>/<prefix>/`."""
    with serving(site, site_url, {}) as address:
        yield address


@pytest.fixture(scope="package")
def host_address(site: Path, site_url: str) -> Iterator[str]:
    """The same from a host that sends what `_headers` asks for."""
    lines = (site / "_headers").read_text("utf-8").splitlines()[1:]
    sent = dict(line.strip().split(": ", 1) for line in lines)
    # Chromium says that it ignores it where there is no TLS.
    del sent["Strict-Transport-Security"]
    with serving(site, site_url, sent) as address:
        yield address


# Closed after the last test of this folder: an event loop that runs in this process
# would be inherited by the snippets' forks.
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


@pytest.fixture(scope="module")
def with_search() -> bool:
    """Whether pages have their search; a module whose tests use it says so."""
    return False


@pytest.fixture
def new_context(
    chromium: Browser, with_search: bool
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a context with options of its own, closed after the test."""
    contexts: list[BrowserContext] = []

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


@pytest.fixture(scope="session")
def watch() -> Callable[[Page, list[str]], None]:
    """`watch_errors`, for tests, which cannot import this file."""
    return watch_errors


@pytest.fixture
def stay_within() -> Callable[[Page, tuple[str, ...], list[str]], None]:
    """`watch_requests`, for tests, which cannot import this file."""
    return watch_requests


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


def watch_errors(page: Page, errors: list[str]) -> None:
    """Collects what the page reports as an error.

    Args:
        page: The page to listen to.
        errors: The list to fill.
    """
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" else None
        ),
    )


def watch_requests(page: Page, allowed: tuple[str, ...], found: list[str]) -> None:
    """Collects the addresses that the page asks for and should not.

    Args:
        page: The page to listen to.
        allowed: How an address may begin.
        found: The list to fill.
    """

    def note(request: Request) -> None:
        if not request.url.startswith(allowed):
            found.append(request.url)

    page.on("request", note)

"""The built site in a real Chromium, from a server on the loopback address."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    sync_playwright,
)

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


class Handler(SimpleHTTPRequestHandler):
    """Serves the site as GitHub Pages does: below its prefix, with its 404 page."""

    site: Path
    prefix: str

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path.removeprefix(self.prefix)
        return super().translate_path("/" + inside)

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        body = (self.site / "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keeps requests out of the tests' output."""


@pytest.fixture(scope="package")
def address(site: Path, site_url: str) -> Iterator[str]:
    """Where the built site is served: `http://127.0.0.1:<port>/<prefix>/`."""
    prefix = urlsplit(site_url).path

    class SiteHandler(Handler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(site))

    SiteHandler.site, SiteHandler.prefix = site, prefix
    server = ThreadingHTTPServer(("127.0.0.1", 0), SiteHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    server.shutdown()
    thread.join()
    server.server_close()


# Closed after the last test of this folder: an event loop that runs in this process
# would be inherited by the snippets' forks.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this folder."""
    path = shutil.which("chromium")
    if path is None:
        hint = "no `chromium` on PATH; install Debian's package of that name"
        if os.environ.get("CI"):
            pytest.fail(hint)
        pytest.skip(hint)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a context with options of its own, closed after the test."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        contexts.append(chromium.new_context(**options))
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A fresh page; a console error or an uncaught exception fails the test."""
    errors: list[str] = []
    page = new_context().new_page()
    watch(page, errors)
    yield page
    assert not errors


def watch(page: Page, errors: list[str]) -> None:
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

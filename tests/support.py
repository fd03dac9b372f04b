"""Where the checkout is, how its site is built, and how a site is served."""

import gzip
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
#: Below a prefix, as a project site is; only pages' texts may name it.
SITE_URL = "https://example.org/dbos-rules/"
#: Below a checkout. A build drops what it did not use, and at another address each page
#: is another one: in `.cache` itself, the suite and a developer's builds would empty it
#: for each other.
CACHE = Path(".cache/tests")
#: Runs MkDocs with every way to another machine closed.
OFFLINE_MKDOCS = """
import sys

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"network call: {event} {args}")

sys.addaudithook(refuse)
from mkdocs.__main__ import cli
cli()
"""
#: A page's own policy, without its content.
POLICY_IN_PAGE = b' http-equiv="Content-Security-Policy"'


class Build:
    """A strict build of the site, under way, with no way to another machine.

    Args:
        root: A checkout.
        target: Where the site goes; what the build says goes beside it.
        site_url: The published address; empty for none.
        cache: What it may reuse, and keeps for a later build; by default, what the
            suite's other builds of this checkout share.
    """

    def __init__(
        self,
        root: Path,
        target: Path,
        site_url: str = SITE_URL,
        cache: Path | None = None,
    ) -> None:
        self.target = target
        self.log = target.with_name(f"{target.name}.log")
        command = ["build", "--strict", "--site-dir", str(target)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", OFFLINE_MKDOCS, *command],
                cwd=root,
                env=environment(site_url, cache or root / CACHE),
                stdout=log,
                stderr=log,
            )

    def finish(self) -> subprocess.CompletedProcess[str]:
        """Waits for the end; what the build said is the result's `stderr`."""
        code = self.process.wait()
        said = self.log.read_text("utf-8")
        return subprocess.CompletedProcess(self.process.args, code, "", said)


def environment(site_url: str, cache: Path) -> dict[str, str]:
    """What a build's process gets.

    Args:
        site_url: The published address; empty for none.
        cache: Where it keeps what a later build may reuse.
    """
    return os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_CACHE": str(cache),
        "SITE_URL": site_url,
    }


def build_site(
    root: Path,
    target: Path,
    site_url: str = SITE_URL,
    cache: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Builds the site strictly, with no way to another machine.

    Args:
        root: A checkout.
        target: Where the site goes.
        site_url: The published address; empty for none.
        cache: What it may reuse, as for `Build`.
    """
    return Build(root, target, site_url, cache).finish()


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
        if re.search(r"text|json|javascript|xml|wasm", kind):
            self.send_header("Content-Encoding", "gzip")
            body = compressed(body)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keeps requests out of the tests' output."""


@contextmanager
def serving(
    site: Path, prefix: str, sent: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Serves the site on the loopback address.

    Args:
        site: The built site.
        prefix: The path of its landing page, with a slash at both ends.
        sent: Headers of every answer.

    Yields:
        Where the landing page is.
    """
    members = {"site": site, "prefix": prefix, "sent": sent or {}}
    server = Server(("127.0.0.1", 0), type("SiteHandler", (Handler,), members))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

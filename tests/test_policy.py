"""No page may load, run or send what the site does not need."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from book.model import CatalogError
from theme import policy

PAGE = """<head><meta charset="utf-8">
<script>alert('Hello, world.');</script>
<script src="own.js" defer></script>
<script id="config" type="application/json">{"a": 1}</script>
<script type="module">import "./own.js"</script></head>"""
#: The first is an example of the Content Security Policy's standard, the second what
#: `openssl dgst -sha256 -binary | base64` says.
HASHES = [
    "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=",
    "sha256-Vh3INB/bkPlmt38R1/v41zuISjLy7nhgYMllpsVrBYI=",
]
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


class Attributes(HTMLParser):
    """Collects all attributes of a page, and where its scripts and styles are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def directives(text: str) -> dict[str, list[str]]:
    """A policy's directives and their sources."""
    parts = [part.split() for part in text.split("; ")]
    return {name: sources for name, *sources in parts}


def test_inline_scripts_are_named_by_their_hash() -> None:
    assert policy.hashes(PAGE) == sorted(HASHES)
    changed = PAGE.replace("Hello", "hello")
    assert HASHES[0] not in policy.hashes(changed)
    assert HASHES[1] in policy.hashes(changed)


def test_the_policy_stands_before_what_it_governs() -> None:
    html = policy.with_policy(PAGE)
    match = META.search(html)
    assert match
    assert match.start() < html.index("<script")
    assert html.index('charset="utf-8"') < 1024
    assert directives(match[1])["script-src"] == [
        "'self'",
        *(f"'{script}'" for script in sorted(HASHES)),
    ]
    with pytest.raises(CatalogError, match=r"theme/policy\.py:1: .*Adapt"):
        policy.with_policy("<head><script></script></head>")


def test_every_page_allows_its_own_scripts_and_no_others(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert site / "404.html" in pages
    for path in pages:
        html = path.read_text("utf-8")
        (text,) = META.findall(html)
        found = directives(text)
        assert found["default-src"] == ["'none'"], path
        assert found["script-src"] == [
            "'self'",
            *(f"'{script}'" for script in policy.hashes(html)),
        ], path
        assert found["style-src"] == ["'self'"], path
        assert "unsafe" not in text, path
        assert "http" not in text, path


def test_no_page_needs_more(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = Attributes(path.read_text("utf-8"))
        assert "style" not in page.tags, path
        assert "base" not in page.tags, path
        for name, value in page.attributes:
            assert not name.startswith("on"), f"{path}: {name}={value}"
            assert name != "style", f"{path}: {name}={value}"
            assert not value.strip().lower().startswith("javascript:"), path


def test_headers_say_the_same_for_all_pages(site: Path) -> None:
    first, *lines = (site / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    assert all(line.startswith("  ") for line in lines)
    sent = dict(line.strip().split(": ", 1) for line in lines)
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Referrer-Policy"] == "no-referrer"
    assert sent["Strict-Transport-Security"].startswith("max-age=")
    assert max(map(len, lines)) < 2000  # The limit of Cloudflare Pages.
    whole = directives(sent["Content-Security-Policy"])
    assert whole.pop("frame-ancestors") == ["'none'"]
    scripts = set()
    for path in site.rglob("*.html"):
        (text,) = META.findall(path.read_text("utf-8"))
        own = directives(text)
        scripts |= set(own.pop("script-src"))
        assert own.items() <= whole.items(), path
    assert set(whole["script-src"]) == scripts

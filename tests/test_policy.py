"""No page may load, run or send what the site does not need."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import markup
import pytest
from selectolax.lexbor import LexborNode

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
META = 'head > meta[http-equiv="Content-Security-Policy"]'


def inline_scripts(page: LexborNode) -> list[str]:
    """The sources that allow what a browser finds to run, read without policy.py."""
    found = set()
    for script in markup.find(page, "script:not([src])"):
        if script.attributes.get("type") != "application/json":
            digest = sha256(markup.text(script).encode()).digest()
            found.add(f"sha256-{b64encode(digest).decode()}")
    return sorted(found)


def directives(policy: str) -> dict[str, list[str]]:
    """A policy's directives and their sources."""
    parts = [part.split() for part in policy.split("; ")]
    return {name: sources for name, *sources in parts}


def policy_of(page: LexborNode) -> str:
    """The text of a page's policy; browsers read it in the head only."""
    return markup.value(markup.one(page, META), "content")


def test_inline_scripts_are_named_by_their_hash() -> None:
    assert policy.hashes(PAGE) == sorted(HASHES)
    changed = PAGE.replace("Hello", "hello")
    assert HASHES[0] not in policy.hashes(changed)
    assert HASHES[1] in policy.hashes(changed)


def test_the_policy_stands_before_what_it_governs() -> None:
    html = policy.with_policy(PAGE)
    page = markup.parse(html)
    assert markup.find(page, f"{META}, script")[0].css_matches(META)
    assert html.index('charset="utf-8"') < 1024
    assert directives(policy_of(page))["script-src"] == [
        "'self'",
        *(f"'{script}'" for script in sorted(HASHES)),
    ]
    with pytest.raises(CatalogError, match=r"theme/policy\.py:1: .*Adapt"):
        policy.with_policy("<head><script></script></head>")


def test_every_page_allows_its_own_scripts_and_no_others(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert site / "404.html" in pages
    for path in pages:
        page = markup.load(path)
        allowed = policy_of(page)
        found = directives(allowed)
        assert found["default-src"] == ["'none'"], path
        assert found["script-src"] == [
            "'self'",
            *(f"'{script}'" for script in inline_scripts(page)),
        ], path
        assert found["style-src"] == ["'self'"], path
        assert "unsafe" not in allowed, path
        assert "http" not in allowed, path


def test_no_page_needs_more(site: Path) -> None:
    for path in site.rglob("*.html"):
        for node in markup.find(markup.load(path), "*"):
            assert node.tag not in ("style", "base"), path
            for name, content in node.attributes.items():
                assert not name.startswith("on"), f"{path}: {name}={content}"
                assert name != "style", f"{path}: {name}={content}"
                address = (content or "").strip().lower()
                assert not address.startswith("javascript:"), path


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
        own = directives(policy_of(markup.load(path)))
        scripts |= set(own.pop("script-src"))
        assert own.items() <= whole.items(), path
    # For the worker that checks code; each page's own policy forbids it.
    assert set(whole["script-src"]) == scripts | {"'wasm-unsafe-eval'"}

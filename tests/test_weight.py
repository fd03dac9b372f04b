"""What a first visit costs, counted from the files that it asks for."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import markup
import pytest

from theme import search, trim

#: A rule's page with all that it names. The theme's script then asks for the search's
#: worker and index, on the first page of a visit.
REQUESTS, BYTES = 9, 62_000
#: The search's index: the part that the first result needs, and all of it.
FIRST_INDEX, INDEX = 30_000, 90_000
RULE = "rules/step-basics/index.html"
#: Assets that no page loads, and who does.
OTHERS = {
    "assets/cards/": "chats that show a link's card",
    "assets/check/": "the page that checks code, for its worker",
    "assets/javascripts/workers/": "the theme's script, for the search",
}
PAGE = (
    """<body class="md-typeset shown" dir="ltr"><p data-state="on">unseen</p></body>"""
)
SCRIPT = """
a.classList.add("made"); a.style.color = "var(--scripted)"
a.setAttribute("data-md-color-switching", "")
"""


def asked_for(path: Path) -> list[str]:
    """Addresses that a browser asks for when it shows the page."""
    page = markup.load(path)
    assert not markup.find(page, "[srcset]"), path
    return markup.values(
        page, "link[rel~=stylesheet], link[rel~=icon]", "href"
    ) + markup.values(page, "[src]", "src")


def loaded(path: Path) -> set[Path]:
    """The files that a page loads, itself not included."""
    found = asked_for(path)
    foreign = [url for url in found if re.match(r"(\w+:)?//", url)]
    assert not foreign, path
    # Style sheets bring their pictures along.
    files = {(path.parent / url).resolve() for url in found}
    for sheet in files:
        if sheet.suffix == ".css":
            css = sheet.read_text("utf-8")
            assert not re.search(r"@import|url\((?![\"']?data:)", css), sheet
    return files


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def test_a_first_visit_is_light(
    site: Path, record_property: Callable[[str, object], None]
) -> None:
    page = site / RULE
    files = {page, *loaded(page)}
    total = sum(map(compressed, files))
    record_property(
        "summary", f"first visit: {len(files)} requests, {total:,} bytes of gzip"
    )
    assert len(files) <= REQUESTS, files
    assert total <= BYTES, {path.name: compressed(path) for path in files}


def test_the_index_is_light(
    site: Path, record_property: Callable[[str, object], None]
) -> None:
    first, rest = (compressed(site / path) for path in (search.FIRST, search.REST))
    text = f"search index: {first:,} bytes of gzip, then {rest:,}"
    record_property("summary", text)
    assert first <= FIRST_INDEX, text
    assert first + rest <= INDEX, text


def test_every_asset_is_used(site: Path) -> None:
    used: set[Path] = set()
    for path in site.rglob("index.html"):
        used |= loaded(path)
    # Its addresses start at the root of the host.
    lost = asked_for(site / "404.html")
    assets = [path for path in site.glob("assets/**/*") if path.is_file()]
    for path in assets:
        name = path.relative_to(site).as_posix()
        assert (
            path.resolve() in used
            or any(url.endswith(f"/{name}") for url in lost)
            or name.startswith(tuple(OTHERS))
        ), f"nothing loads {name}"
    for prefix in OTHERS:
        assert any(path.is_relative_to(site / prefix) for path in assets), prefix


def test_only_the_reference_loads_its_styles(site: Path) -> None:
    for path in site.rglob("index.html"):
        names = {file.name for file in loaded(path)}
        wanted = path.parent.parent == site / "reference"
        assert ("_mkdocstrings.css" in names) == wanted, path


def trimmed(css: str) -> str:
    (result,) = trim.trim([css], trim.words([PAGE], [SCRIPT]))
    return result


@pytest.mark.parametrize(
    "selector",
    [
        "*",
        "body",
        "p:first-child::before",
        ".shown > p",
        ".made",
        "[dir]",
        "[dir=ltr] .made",
        '[data-state="on"]',
        "[data-state^=o]",
        "body:not(.absent)",
        "p:is(.absent, .shown)",
        "p:not(:is(.absent))",
        r".sm\:absent",
    ],
)
def test_a_rule_that_may_match_stays(selector: str) -> None:
    css = f"{selector}{{color:red}}"
    assert trimmed(css) == css


@pytest.mark.parametrize(
    "selector",
    [
        "video",
        ".absent",
        ".absent p",
        # The theme's script sets it; see trim.py.
        "[data-md-color-switching] *",
        "p.absent:hover",
        "body > #absent",
        "[dir=rtl] p",
        "[data-absent]",
        ".unseen",  # A word of a text is no class.
        ".md-typese",
    ],
)
def test_a_rule_that_cannot_match_goes(selector: str) -> None:
    assert trimmed(f"{selector}{{color:red}}p{{color:blue}}") == "p{color:blue}"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".absent, p, .made{top:0}", "p,.made{top:0}"),
        ("@media print{.absent{top:0}}p{top:0}", "p{top:0}"),
        ("@media print{.absent{top:0}p{top:0}}", "@media print{p{top:0}}"),
        ('@charset "UTF-8";p{top:0}', '@charset "UTF-8";p{top:0}'),
        ("/* p{ */p{ top:0; /* ; */ left:0; }", "p{top:0;left:0}"),
        ("p::after{content:'}.absent{;'}", "p::after{content:'}.absent{;'}"),
        ("p{--a:1;--b:var(--a);top:0}", "p{top:0}"),
        ("p{--a:1;--b:var(--a);top:var(--b)}", "p{--a:1;--b:var(--a);top:var(--b)}"),
        ("p{--scripted:1}", "p{--scripted:1}"),
        ("@keyframes a{to{top:0}}p{top:0}", "p{top:0}"),
        (
            "@keyframes a{to{top:0}}p{animation:1s a}",
            "@keyframes a{to{top:0}}p{animation:1s a}",
        ),
        (
            "p{--i:url(\"data:a;b,<svg d='M(1);'/>\");mask:var(--i)}",
            "p{--i:url(\"data:a;b,<svg d='M(1);'/>\");mask:var(--i)}",
        ),
    ],
)
def test_the_rest_of_a_sheet_keeps_its_meaning(css: str, expected: str) -> None:
    assert trimmed(css) == expected
    assert trimmed(expected) == expected


def test_a_variable_is_used_by_another_sheet() -> None:
    sheets = ["p{--a:1;--b:2}", "p{top:var(--a)}"]
    assert trim.trim(sheets, {"p"}) == ["p{--a:1}", "p{top:var(--a)}"]

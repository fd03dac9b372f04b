"""What pages say about themselves: titles, descriptions, addresses, cards, anchors."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import markup
import pytest
import yaml
from PIL import Image, ImageChops, ImageDraw, ImageFont
from support import ROOT

from book.markdown import FRONT_MATTER
from book.model import Catalog
from book.vocabulary import DESCRIPTION_LENGTH, IMPACTS, TITLE_LENGTH
from pages import render
from theme import cards, head

SITE = "DBOS Python Best Practices"
#: Citations and links from elsewhere name these; a change breaks them.
RULE_ANCHORS = [
    "incorrect",
    "correct",
    "why",
    "when-not-to",
    "references",
    "related-rules",
]
CARD_BYTES = 25_000


class Head:
    """A page's title, metadata, ids and headings' links.

    Args:
        path: The page.
    """

    def __init__(self, path: Path) -> None:
        page = markup.load(path)
        self.title = markup.text(markup.one(page, "head > title")).strip()
        self.meta: dict[str, str] = {}
        for node in markup.find(page, "meta[property], meta[name]"):
            name = node.attributes.get("property") or markup.value(node, "name")
            assert name not in self.meta, f"{name} stands there twice"
            self.meta[name] = markup.value(node, "content")
        self.canonical = markup.values(page, "link[rel=canonical]", "href")
        self.icons = markup.values(page, "link[rel~=icon]", "href")
        self.scripts = markup.values(page, "script[defer]", "src")
        self.ids = markup.values(page, "[id]", "id")
        self.permalinks = [
            (markup.value(node, "href"), markup.value(node, "aria-label"))
            for node in markup.find(page, ".headerlink")
        ]


@pytest.fixture(scope="module")
def heads(site: Path) -> dict[str, Head]:
    """Each page's address below the site to its head."""
    return {
        path.parent.relative_to(site).as_posix().strip(".") + "/": Head(path)
        for path in site.rglob("index.html")
    }


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, str]]:
    """Each page's address below the site to its front matter."""
    found = {}
    for path in ROOT.glob("docs/**/*.md"):
        if path.is_relative_to(ROOT / "docs/_hooks"):
            continue
        match = FRONT_MATTER.match(path.read_text("utf-8"))
        assert match, f"{path}: begin the file with a --- block."
        name = path.relative_to(ROOT / "docs").with_suffix("").as_posix()
        address = re.sub(r"(^|/)index$", "", name) + "/"
        found[address] = yaml.safe_load(match[1])
    return found


def test_every_page_has_a_title_and_a_description_of_its_own(
    heads: dict[str, Head], sources: dict[str, dict[str, str]]
) -> None:
    assert heads.keys() >= sources.keys()
    for address, page in heads.items():
        description = page.meta.get("description", "")
        assert 0 < len(description) <= DESCRIPTION_LENGTH, address
        assert page.meta["og:description"] == description
        if address in sources:
            source = sources[address]
            assert (page.meta["og:title"], description) == (
                source["title"],
                source["description"],
            )
            named = "" if address == "/" else f"{source['title']} - "
            assert page.title == named + SITE
    for values in (
        [page.title for page in heads.values()],
        [page.meta["description"] for page in heads.values()],
    ):
        assert sorted(values) == sorted(set(values))


def test_every_page_names_its_address_and_its_card(
    heads: dict[str, Head], site: Path, site_url: str, catalog: Catalog
) -> None:
    rules = {f"rules/{rule.id}/" for rule in catalog.rules}
    for address, page in heads.items():
        meta, canonical = page.meta, site_url + address.lstrip("/")
        assert page.canonical == [meta["og:url"]] == [canonical]
        assert meta["og:type"] == ("article" if address in rules else "website")
        assert meta["og:site_name"] == SITE
        assert meta["twitter:card"] == "summary_large_image"
        assert meta["og:title"] in meta["og:image:alt"]
        image = meta["og:image"].removeprefix(site_url)
        assert image != meta["og:image"]
        data = (site / image).read_bytes()
        assert len(data) <= CARD_BYTES, f"{image} has {len(data)} bytes"
        size = (int(meta["og:image:width"]), int(meta["og:image:height"]))
        assert Image.open(BytesIO(data)).size == size == (1200, 630)
    images = [page.meta["og:image"] for page in heads.values()]
    assert len(images) == len(set(images))


def test_a_missing_page_claims_no_address(site: Path) -> None:
    page = Head(site / "404.html")
    assert page.canonical == []
    assert not [name for name in page.meta if name.startswith("og:")]


def test_the_icon_exists(heads: dict[str, Head], site: Path) -> None:
    for address, page in heads.items():
        [icon] = page.icons
        assert icon.endswith("icon.svg")
        assert (site / address.strip("/") / icon).resolve().exists()


def test_only_rules_load_the_script_for_citations(
    heads: dict[str, Head], catalog: Catalog
) -> None:
    loading = {
        address
        for address, page in heads.items()
        if any(script.endswith("assets/cite.js") for script in page.scripts)
    }
    assert loading == {f"rules/{rule.id}/" for rule in catalog.rules}


def test_rules_have_the_anchors_that_others_link(
    heads: dict[str, Head], catalog: Catalog
) -> None:
    for rule in catalog.rules:
        anchors = [href[1:] for href, _ in heads[f"rules/{rule.id}/"].permalinks]
        assert [x for x in anchors if x in RULE_ANCHORS] == RULE_ANCHORS, rule.path


def test_anchors_are_unique_and_their_links_are_named(heads: dict[str, Head]) -> None:
    for address, page in heads.items():
        assert len(page.ids) == len(set(page.ids)), address
        # The toc extension numbers a heading whose text stands there twice.
        numbered = [i for i in page.ids if re.search(r"[a-z]_\d+$", i)]
        assert not [i for i in numbered if not i.startswith("__")], address
        for href, name in page.permalinks:
            assert href[1:] in page.ids
            assert re.fullmatch(r"Link to this (section|error|term): \S.*", name), (
                address,
                href,
            )
        names = [name for _, name in page.permalinks]
        assert "reference/" in address or len(names) == len(set(names)), address


def test_a_rule_shows_its_facts_and_where_its_source_is(catalog: Catalog) -> None:
    rule = catalog.rule("queue-concurrency")
    page = render.rule_page(
        catalog, rule, render.Facts("3.4.0", "https://a.example/r/")
    )
    facts, checked = page.split("\n\n")[1:3]
    assert facts == (
        "`queue-concurrency` · **HIGH impact** · "
        "[Queue](../categories/queue/index.md)\n"
        "{ .rule-facts .impact-high }"
    )
    assert checked == (
        "Since dbos 3.0 · checked with dbos 3.4.0 on SQLite and PostgreSQL 18 · "
        "[snippets](https://a.example/r/tree/main/snippets/queue-concurrency) · "
        "[tests](https://a.example/r/blob/main/tests/test_snippets.py) · "
        "[edit](https://a.example/r/edit/main/docs/rules/queue-concurrency.md)\n"
        "{ .rule-checked }"
    )
    plain = render.rule_page(catalog, rule, render.Facts("3.4.0"))
    assert "PostgreSQL 18\n{ .rule-checked }" in plain


def test_a_heading_with_markup_has_a_plain_name() -> None:
    link = '<a href="#x" class="headerlink" title="Link">'
    named = head.name_permalinks(link, {"x": 'The <code>a</code> &amp; "b"'})
    assert named.endswith(' aria-label="Link: The a &amp; &quot;b&quot;">')


def card(title: str, impact: str = "high", footer: str = "queue-basics") -> cards.Card:
    return cards.Card(title, "Queue", footer, impact, SITE)


CARD = card("Choose the worker limit or the global limit")


def free_space(data: bytes) -> tuple[int, int]:
    """The empty columns on the right of a card and the empty rows below its text."""
    picture = Image.open(BytesIO(data))
    text = picture.convert("RGB").crop((cards.MARGIN_X - 8, 0, *cards.SIZE))
    paper = Image.new("RGB", text.size, cards.PAPER)
    box = ImageChops.difference(text, paper).getbbox()
    assert box
    return text.width - box[2], text.height - box[3]


def test_a_card_is_the_same_each_time() -> None:
    """In another process too, so that two builds publish the same files."""
    program = (
        "import sys; from theme import cards; "
        f"sys.stdout.buffer.write(cards.draw(cards.{CARD!r}))"
    )
    again = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT / "docs/_hooks",
        capture_output=True,
        check=True,
    ).stdout
    assert again == cards.draw(CARD)
    assert again != cards.draw(card("Queues"))


@pytest.mark.parametrize("impact", [*IMPACTS, ""])
@pytest.mark.parametrize(
    "title",
    [
        "W" * 5,
        "Make every workflow wait no more than it must when it waits"[:TITLE_LENGTH],
        "WWW WWWWWW MMMMM WWWWWW MMMMMM WWWWW MMMMMMM WWWW MMM WWWWWW"[:TITLE_LENGTH],
        "Use DBOS.start_workflow_with_a_long_name_of_its_own here"[:TITLE_LENGTH],
    ],
)
def test_a_long_text_stays_inside_its_card(title: str, impact: str) -> None:
    footer = (
        "advanced-" + "-".join(["migration"] * 4) if impact else "Long words. " * 13
    )
    data = cards.draw(card(title, impact, footer))
    right, below = free_space(data)
    assert right >= cards.MARGIN_X
    assert below >= cards.MARGIN_Y - 12  # Descenders reach below the line.
    assert len(data) <= CARD_BYTES


def test_what_cannot_fit_is_refused() -> None:
    with pytest.raises(cards.CardError, match=r"'WW+' does not fit.*Shorten it"):
        cards.draw(card("W" * TITLE_LENGTH))


def test_the_font_has_every_letter_of_the_cards(
    sources: dict[str, dict[str, str]],
) -> None:
    """A letter that it lacks would be an empty box."""

    def drawn(letter: str) -> bytes:
        picture = Image.new("L", (60, 60))
        font = ImageFont.truetype(cards.FONTS / f"{cards.BOLD}.ttf", 40)
        ImageDraw.Draw(picture).text((0, 0), letter, 255, font)
        return picture.tobytes()

    used = {
        letter
        for meta in sources.values()
        for letter in f"{meta['title']}{meta['description']}"
    }
    assert not [letter for letter in sorted(used) if drawn(letter) == drawn("\uffff")]


def test_a_kept_card_is_not_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = cards.cached(card("Queue"), tmp_path)
    assert first.read_bytes() == cards.draw(card("Queue"))
    assert cards.cached(card("Queues"), tmp_path) != first
    monkeypatch.setattr(cards, "draw", lambda _: pytest.fail("drawn again"))
    assert cards.cached(card("Queue"), tmp_path) == first
    assert [path.suffix for path in tmp_path.iterdir()] == [".png", ".png"]


def test_impacts_have_the_same_colours_on_cards_and_pages() -> None:
    css = (ROOT / "docs/_theme/assets/rules.css").read_text("utf-8")
    for impact in IMPACTS:
        colour, level = cards.IMPACTS[impact]
        shown = "#" + "".join(f"{part:02x}" for part in colour)
        assert f"--impact-{impact}: {shown};" in css
        badge = f".impact-{impact} {{ --impact: var(--impact-{impact}); "
        assert f"{badge}--level: {level}; }}" in css


def test_no_script_of_a_page_holds_it_up(site: Path) -> None:
    """The theme's own among them: the browser paints before it runs any of them."""
    waits = "[defer], [async], [type=module]"
    for path in site.rglob("*.html"):
        assert not markup.find(markup.load(path), f"script[src]:not({waits})"), path

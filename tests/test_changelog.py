"""The changelog and its feed: grammar, dates, ids, and the built site."""

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import markup
import pytest

from book import changelog
from book.changelog import ATOM, FEED, Change
from book.model import Catalog
from theme.search import REST

RULES = ("step-basics", "queue-basics")
#: Sound: each broken one below differs from it in one place.
SOUND = """\
# Changelog

- Free text, up to the first release.

## 2026-12-01

### Changed

- [step-basics](rules/step-basics.md): It names `DBOS.step` & when x < y.

### Retired

- [queue-basics](rules/queue-basics.md): Another rule says more.

## 2026-11-21

### Added

- [step-basics](rules/step-basics.md): Put every side effect in a step.
- [queue-basics](rules/queue-basics.md): Register queues after launch.
"""
ADDED_STEP = "- [step-basics](rules/step-basics.md): Put every side effect in a step.\n"
RETIRED = "- [queue-basics](rules/queue-basics.md): Another rule says more.\n"


def problems_of(text: str) -> list[str]:
    return [str(problem) for problem in changelog.parse(text, RULES)[1]]


def feed_of(text: str) -> ElementTree.Element:
    changes, problems = changelog.parse(text, RULES)
    assert not problems
    return ElementTree.fromstring(
        changelog.atom(changes, "https://example.org/rules", "Rules")
    )


def texts(element: ElementTree.Element, path: str) -> list[str]:
    found = element.findall(path, {"": ATOM})
    return [entry.text or "" for entry in found]


def test_a_sound_changelog_is_read_as_it_stands() -> None:
    changes, problems = changelog.parse(SOUND, RULES)
    assert not problems
    assert [(c.day.isoformat(), c.kind, c.rule_id) for c in changes] == [
        ("2026-12-01", "Changed", "step-basics"),
        ("2026-12-01", "Retired", "queue-basics"),
        ("2026-11-21", "Added", "step-basics"),
        ("2026-11-21", "Added", "queue-basics"),
    ]
    assert changes[1] == Change(
        date(2026, 12, 1), "Retired", "queue-basics", "Another rule says more.", 13
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("## 2026-12-01", "## 2026-13-01", 5, "'2026-13-01' is no date"),
        ("## 2026-12-01", "## 1 December 2026", 5, "'1 December 2026' is no date"),
        ("## 2026-12-01", "## 20261201", 5, "'20261201' is no date"),
        ("## 2026-12-01", "## 2026-11-20", 15, "2026-11-21 stands below 2026-11-20"),
        ("## 2026-12-01", "## 2026-11-21", 15, "2026-11-21 stands below 2026-11-21"),
        ("### Changed", "### Fixed", 7, "'Fixed' is no kind"),
        ("### Changed\n", "\n", 9, "the item has no kind"),
        (RETIRED, RETIRED[2:], 13, "is no item"),
        (RETIRED, RETIRED + "  And more.\n", 14, "'  And more.' is no item"),
        ("(rules/queue-basics.md): Another", "(queue-basics.md): A", 13, "no item"),
        ("(rules/queue-basics.md): A", "(rules/step-basics.md): A", 13, "links to"),
        ("says more.", "says more", 13, "no plain sentence"),
        ("says more.", "[says](x) more.", 13, "no plain sentence"),
        (RETIRED, RETIRED.replace("queue", "other"), 13, "other-basics has no page"),
        (ADDED_STEP, ADDED_STEP.replace("step-", "stop-"), 19, "stop-basics has no"),
        (ADDED_STEP, "", 9, "step-basics is changed, but was not added before"),
        (ADDED_STEP, ADDED_STEP * 2, 20, "step-basics is added again, after line 19"),
        ("### Changed", "### Added", 9, "step-basics is added again, after line 19"),
        (RETIRED, RETIRED * 2, 14, "retired after line 13 retired it"),
        (RETIRED, RETIRED + ADDED_STEP, 14, "2026-12-01, the other in line 9"),
        ("### Changed\n", f"### Changed\n{ADDED_STEP}", 10, "has two items on 2026"),
    ],
)
def test_every_mistake_is_named(old: str, new: str, line: int, message: str) -> None:
    assert SOUND.count(old) == 1
    found = problems_of(SOUND.replace(old, new))
    assert any(
        text.startswith(f"docs/changelog.md:{line}: ") and message in text
        for text in found
    ), found
    assert all(text.endswith((".", "`")) for text in found)


def test_a_rule_that_was_never_added_is_named() -> None:
    _, problems = changelog.parse(SOUND, [*RULES, "queue-new"])
    (problem,) = problems
    assert "queue-new was never added" in problem.message
    assert "`- [queue-new](rules/queue-new.md): One sentence.`" in problem.remedy
    assert [p.message for p in changelog.parse("", ["queue-new"])[1]] == [
        "queue-new was never added."
    ]


def test_the_remedies_are_right() -> None:
    """A file mended as the problem says has no problem."""
    _, problems = changelog.parse(SOUND, [*RULES, "queue-new"])
    line = problems[0].remedy.partition("`")[2].partition("`")[0]
    mended = SOUND.replace("### Changed", f"### Added\n\n{line}\n\n### Changed")
    assert not changelog.parse(mended, [*RULES, "queue-new"])[1]


def test_the_feed_is_atom() -> None:
    """All that RFC 4287 requires of a feed and of an entry, once each."""
    feed = feed_of(SOUND)
    assert feed.tag == f"{{{ATOM}}}feed"
    for required in ("id", "title", "updated", "author/name"):
        assert len(texts(feed, required)) == 1, required
    assert texts(feed, "updated") == ["2026-12-01T00:00:00Z"]
    links = [link.attrib for link in feed.findall("link", {"": ATOM})]
    assert {(link["rel"], link["href"]) for link in links} == {
        ("self", f"https://example.org/rules/{FEED}"),
        ("alternate", "https://example.org/rules/changelog/"),
    }
    entries = feed.findall("entry", {"": ATOM})
    assert len(entries) == 4
    for entry in entries:
        for required in ("id", "title", "updated", "content"):
            assert len(texts(entry, required)) == 1, required
    first = entries[0]
    assert texts(first, "title") == ["Changed: step-basics"]
    assert texts(first, "content") == ["It names DBOS.step & when x < y."]
    (link,) = first.findall("link", {"": ATOM})
    assert link.attrib["href"] == "https://example.org/rules/rules/step-basics/"
    assert texts(feed, "entry/updated") == [
        "2026-12-01T00:00:00Z",
        "2026-12-01T00:00:00Z",
        "2026-11-21T00:00:00Z",
        "2026-11-21T00:00:00Z",
    ]


def test_ids_are_unique_and_stay() -> None:
    """Through later releases and through another wording."""
    before = texts(feed_of(SOUND), "entry/id")
    assert len(set(before)) == len(before) == 4
    assert before[2] == "tag:example.org,2026-11-21:/rules/rules/step-basics/added"
    newer = f"## 2027-01-01\n\n### Changed\n\n{ADDED_STEP}\n## 2026-12-01"
    later = SOUND.replace("## 2026-12-01", newer).replace("says more", "says it all")
    assert texts(feed_of(later), "entry/id")[1:] == before
    assert texts(feed_of(later), "id") == texts(feed_of(SOUND), "id")


def test_the_feed_has_every_rule(catalog: Catalog, site: Path, site_url: str) -> None:
    """And is the same, byte for byte, in the build's process and in this one."""
    source = (site / FEED).read_text("utf-8")
    changes = changelog.load(catalog)
    assert source == changelog.atom(changes, site_url, "DBOS Python Best Practices")
    entries = ElementTree.fromstring(source).findall("entry", {"": ATOM})
    titles = [title for entry in entries for title in texts(entry, "title")]
    assert {f"Added: {rule.id}" for rule in catalog.rules} <= set(titles)
    for entry in entries:
        (link,) = entry.findall("link", {"": ATOM})
        name = link.attrib["href"].removeprefix(site_url)
        assert (site / name / "index.html").is_file(), name


def test_pages_announce_the_feed(site: Path) -> None:
    for path in site.rglob("*.html"):
        [address] = markup.values(
            markup.load(path), 'link[type="application/atom+xml"]', "href"
        )
        assert address.endswith("changelog.xml"), path
        if path.name != "404.html":
            assert (path.parent / address).resolve() == (site / FEED).resolve()
    article = markup.one(markup.load(site / "changelog/index.html"), "article")
    [shown] = markup.texts(article, 'a[href="../changelog.xml"]')
    assert shown.startswith("Atom feed")


def test_the_changelog_is_not_searched(site: Path) -> None:
    """It repeats titles; who searches for one wants the rule."""
    index = json.loads((site / REST).read_text("utf-8"))
    locations = [entry["location"] for entry in index["docs"]]
    assert "contributing/" in locations
    assert not [name for name in locations if name.startswith("changelog/")]


def test_each_heading_has_an_address_of_its_own() -> None:
    page = "# Changelog\n\n## 2026-11-29\n\n### Added\n\n## 2026-11-21\n\n### Added\n"
    lines = changelog.with_anchors(page).split("\n")
    assert (
        lines[4] == '### Added { #added-2026-11-29 data-toc-label="Added, 2026-11-29" }'
    )
    assert lines[8].startswith("### Added { #added-2026-11-21 ")
    assert [*lines[:4], *lines[5:8]] == [*page.split("\n")[:4], *page.split("\n")[5:8]]

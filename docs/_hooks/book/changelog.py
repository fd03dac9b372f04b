"""The changelog: read, checked against the catalogue, and turned into an Atom feed.

Pure: it knows nothing about MkDocs. No date comes from the clock, so that the same
changelog always gives the same feed.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree

from book.model import Catalog, CatalogError, Problem

SOURCE = "docs/changelog.md"
#: The feed's address below the site's.
FEED = "changelog.xml"
KINDS = ("Added", "Changed", "Retired")
ITEM = re.compile(
    r"^- \[(?P<id>[a-z0-9-]+)\]\(rules/(?P<page>[a-z0-9-]+)\.md\): (?P<sentence>.+)$"
)
GRAMMAR = "`- [<id>](rules/<id>.md): One sentence.`"
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Change:
    """What happened to one rule on one day."""

    day: date
    kind: str
    rule_id: str
    sentence: str
    line: int


def load(catalog: Catalog) -> list[Change]:
    """Reads the changelog and insists that it is sound.

    Args:
        catalog: The rules that the changelog is about.

    Raises:
        CatalogError: Something is wrong; the text lists file, line and remedy.
    """
    text = (catalog.root / SOURCE).read_text("utf-8")
    changes, problems = parse(text, [rule.id for rule in catalog.every_rule])
    problems += _check_retirements(changes, catalog)
    if problems:
        raise CatalogError("\n".join(map(str, problems)))
    return changes


def parse(text: str, rule_ids: Collection[str]) -> tuple[list[Change], list[Problem]]:
    """The changes in the order of the file, and all that is wrong with them.

    Args:
        text: The whole file. What stands above the first release is free text.
        rule_ids: The ids of all rules that have a page.
    """
    changes, problems = _read(text)
    return changes, sorted([*problems, *_check_histories(changes, rule_ids)])


def _read(text: str) -> tuple[list[Change], list[Problem]]:
    """Each line on its own: releases, kinds of change, items."""
    changes: list[Change] = []
    problems: list[Problem] = []
    day: date | None = None
    kind = ""
    for number, line in enumerate(text.splitlines(), 1):

        def problem(message: str, remedy: str, number: int = number) -> None:
            problems.append(Problem(SOURCE, number, message, remedy))

        if line.startswith("## "):
            newer, day, kind = day, _day(line[3:]), ""
            if day is None:
                problem(f"{line[3:]!r} is no date.", "Write `## 2026-11-21`.")
                day = newer or date.max
            elif newer and day >= newer:
                problem(
                    f"{day} stands below {newer}.",
                    "Put the newest release first, and one release a day.",
                )
        elif day is None or not line.strip():
            continue
        elif line.startswith("### "):
            kind = line[4:]
            if kind not in KINDS:
                problem(f"{kind!r} is no kind.", f"Use one of: {', '.join(KINDS)}.")
        elif not (item := ITEM.match(line)):
            problem(f"{line!r} is no item.", f"Write it in one line: {GRAMMAR}")
        elif not kind:
            problem(
                "the item has no kind.", f"Write one of {', '.join(KINDS)} above it."
            )
        else:
            if item["id"] != item["page"]:
                problem(
                    f"{item['id']} links to {item['page']}.",
                    "Link the rule's own page.",
                )
            if not item["sentence"].endswith(".") or "](" in item["sentence"]:
                problem(
                    "the text is no plain sentence.",
                    "End it with a full stop, and link nothing but the rule.",
                )
            changes.append(Change(day, kind, item["id"], item["sentence"], number))
    return changes, problems


def _day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _check_histories(changes: list[Change], rule_ids: Collection[str]) -> list[Problem]:
    """Each rule is added once, first of all, and nothing follows its retirement."""
    problems = []
    last: dict[str, Change] = {}
    for change in sorted(changes, key=lambda change: change.day):
        rule_id = change.rule_id
        before = last.get(rule_id)
        found: tuple[str, str] | None = None
        if rule_id not in rule_ids:
            found = (
                "has no page.",
                f"Name a rule; a retired one keeps docs/rules/{rule_id}.md, "
                "which says what replaced it.",
            )
        elif before is None and change.kind != "Added":
            found = (
                f"is {change.kind.lower()}, but was not added before.",
                "List it under Added in the release that brought it.",
            )
        elif before and change.kind == "Added":
            found = (
                f"is added again, after line {before.line}.",
                "List it under Changed; an id is never used twice.",
            )
        elif before and before.kind == "Retired":
            found = (
                f"is {change.kind.lower()} after line {before.line} retired it.",
                "A retired rule stays as it is; remove one of the two.",
            )
        elif before and before.day == change.day:
            found = (
                f"has two items on {change.day}, the other in line {before.line}.",
                "Say it in one.",
            )
        if found:
            message, remedy = found
            problems.append(
                Problem(SOURCE, change.line, f"{rule_id} {message}", remedy)
            )
        last[rule_id] = change
    problems += [
        Problem(
            SOURCE,
            min((change.line for change in changes), default=1),
            f"{rule_id} was never added.",
            f"Add `- [{rule_id}](rules/{rule_id}.md): One sentence.` "
            "to the newest release, under Added.",
        )
        for rule_id in sorted(set(rule_ids) - set(last))
    ]
    return problems


def _check_retirements(changes: list[Change], catalog: Catalog) -> list[Problem]:
    """The changelog and the pages agree on which rules are retired."""
    said = {change.rule_id: change for change in changes if change.kind == "Retired"}
    problems = [
        Problem(
            SOURCE,
            min((change.line for change in changes), default=1),
            f"{rule.id} is retired, which no item says.",
            f"Add `- [{rule.id}](rules/{rule.id}.md): One sentence.` "
            "to the newest release, under Retired.",
        )
        for rule in catalog.retired
        if rule.id not in said
    ]
    problems += [
        Problem(
            SOURCE,
            said[rule.id].line,
            f"{rule.id} is retired here, but not on its page.",
            f"Add `status: retired` to docs/rules/{rule.id}.md.",
        )
        for rule in catalog.rules
        if rule.id in said
    ]
    return problems


def with_anchors(markdown: str) -> str:
    """The changelog's page with an address and a name of its own for each heading.

    Every day has an *Added*; the toc extension would number their addresses, and the
    next release would move them.

    Args:
        markdown: The page's source.
    """
    day, lines = "", []
    for line in markdown.split("\n"):
        if line.startswith("## "):
            day = line.removeprefix("## ")
        elif line.removeprefix("### ") in KINDS and day:
            kind = line.removeprefix("### ")
            name = f'#{kind.lower()}-{day} data-toc-label="{kind}, {day}"'
            line = f"{line} {{ {name} }}"
        lines.append(line)
    return "\n".join(lines)


def with_feed_link(markdown: str) -> str:
    """The changelog's page with a link to the feed above the newest release.

    Args:
        markdown: The page's source.
    """
    link = f"[Atom feed of these changes]({FEED})\n\n"
    return re.sub(r"^## ", f"{link}## ", markdown, count=1, flags=re.MULTILINE)


def atom(changes: list[Change], site_url: str, site_name: str) -> str:
    """The changes as an Atom 1.0 feed (RFC 4287), an entry for each rule and change.

    An entry's id is a tag URI (RFC 4151) made of the site's address, the day, the rule
    and the kind of change: what `parse` accepts holds no two that are equal, and
    another title or sentence leaves it as it is.

    Args:
        changes: At least one, as `load` gives them.
        site_url: The published address, absolute.
        site_name: The author and the beginning of the feed's title.
    """
    base = site_url.rstrip("/") + "/"
    address = urlsplit(base)

    def tag(day: date, name: str) -> str:
        return f"tag:{address.hostname},{day}:{address.path}{name}"

    # As a plain attribute the namespace holds for all elements, without a prefix.
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    days = [change.day for change in changes]
    _add(feed, "id", tag(min(days), "changelog"))
    _add(feed, "title", f"{site_name}: changelog")
    _add(feed, "updated", f"{max(days)}T00:00:00Z")
    _add(_add(feed, "author"), "name", site_name)
    _add(feed, "link", rel="self", type="application/atom+xml", href=base + FEED)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base}changelog/")
    for change in changes:
        entry = _add(feed, "entry")
        name = f"rules/{change.rule_id}/"
        _add(entry, "id", tag(change.day, f"{name}{change.kind.lower()}"))
        _add(entry, "title", f"{change.kind}: {change.rule_id}")
        _add(entry, "updated", f"{change.day}T00:00:00Z")
        _add(entry, "link", rel="alternate", type="text/html", href=base + name)
        _add(entry, "content", change.sentence.replace("`", ""), type="text")
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, "utf-8", xml_declaration=True).decode() + "\n"


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = text or None
    return element

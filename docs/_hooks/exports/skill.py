"""The rules as a skill for coding agents: files, archives and discovery.

The format is the Agent Skills specification's: a folder with SKILL.md and references,
each small enough to be loaded alone. All of it is made from the catalogue, the snippets
and one page of prose, SKILL.template.md. Pure: it returns names and contents.
"""

import hashlib
import re
from pathlib import Path

import yaml
from book import errors
from book.markdown import (
    FRONT_MATTER,
    YAML_LOADER,
    code_span,
    fence,
    relink,
)
from book.model import Catalog, CatalogError
from pages.render import Style, compose

from exports import reference
from exports.archives import as_json, checksums, tar_archive, zip_archive
from exports.edition import Edition
from exports.plain import plain
from exports.tokens import REFERENCE_TOKENS, tokens

NAME = "dbos-python"
TEMPLATE = Path(__file__).with_name("SKILL.template.md")
#: Limits of the specification for SKILL.md.
BODY_LINES = 500
BODY_TOKENS = 5000

DISCOVERY_SCHEMA = "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
#: Whose table says what dbos 3 removed.
UPGRADE_RULE = "advanced-upgrading-v3"


MARKER = re.compile(r"<!-- catalog: (?P<list>[a-z]+) -->")


def files(catalog: Catalog, edition: Edition) -> dict[str, str]:
    """Every file of the skill, by its path in the skill's folder.

    Args:
        catalog: The rules.
        edition: What is published.

    Raises:
        CatalogError: A file is too large to be loaded alone.
    """
    made = {"SKILL.md": skill_page(catalog, edition)}
    for rule in catalog.rules:
        made[f"references/{rule.id}.md"] = reference.reference(catalog, rule, edition)
    made |= {f"references/{name}": text for name, text in error_pages(catalog).items()}
    made["references/configuration.md"] = configuration(catalog, edition)
    return made


def published(catalog: Catalog, edition: Edition) -> dict[str, bytes]:
    """Every file of the site that has to do with the skill.

    The archives hold the skill's folder, to be unpacked in a folder of skills. That of
    the discovery file holds the folder's content, which is what installers expect.

    Args:
        catalog: The rules.
        edition: What is published.
    """
    skill = {name: text.encode() for name, text in files(catalog, edition).items()}
    folder = {f"{NAME}/{name}": content for name, content in skill.items()}
    downloads = {
        f"{NAME}.zip": zip_archive(folder, edition.day),
        f"{NAME}.tar.gz": tar_archive(folder, edition.day),
        "SKILL.md": skill["SKILL.md"],
    }
    artefact = tar_archive(skill, edition.day)
    entry = {"name": NAME, "description": description()}
    discovery = {
        "$schema": DISCOVERY_SCHEMA,
        "skills": [
            entry
            | {
                "type": "archive",
                "url": f"{NAME}.tar.gz",
                "digest": f"sha256:{hashlib.sha256(artefact).hexdigest()}",
            }
        ],
    }
    older = {"skills": [entry | {"files": list(skill)}]}
    return {
        **{f"skill/{name}": content for name, content in downloads.items()},
        "skill/SHA256SUMS": checksums(downloads),
        f"skill/{NAME}.sha256": checksums(folder),
        ".well-known/agent-skills/index.json": as_json(discovery),
        f".well-known/agent-skills/{NAME}.tar.gz": artefact,
        ".well-known/skills/index.json": as_json(older),
        **{f".well-known/skills/{name}": content for name, content in folder.items()},
    }


def description() -> str:
    """What the skill does and when to use it, from the template's front matter."""
    return str(_template()[0]["description"])


def skill_page(catalog: Catalog, edition: Edition) -> str:
    """SKILL.md.

    Args:
        catalog: The rules.
        edition: What is published.

    Raises:
        CatalogError: The template has no front matter, or the body is too large.
    """
    meta, body = _template()
    meta["metadata"] = {
        "version": edition.version,
        "updated": edition.day.isoformat(),
        "dbos": edition.facts.dbos_version,
    }
    if edition.site_url:
        meta["metadata"]["site"] = edition.site_url
    lists = {
        "priorities": _priorities,
        "index": _index,
        "removed": _removed,
        "checked": lambda _: f"Checked with {edition.facts.checked}.",
        "online": lambda _: _online(edition),
    }
    filled = MARKER.sub(lambda match: lists[match["list"]](catalog), body)
    style = Style(lambda _, code, __: fence(code, "python"), lambda _: "")
    body = compose(catalog, filled, style) + "\n"
    lines = body.count("\n")
    if lines >= BODY_LINES or tokens(body) > BODY_TOKENS:
        raise CatalogError(
            f"{TEMPLATE.name}: the body has {lines} lines and up to {tokens(body)} "
            f"tokens. Shorten it to {BODY_LINES} and {BODY_TOKENS}."
        )
    head = yaml.safe_dump(meta, sort_keys=False, allow_unicode=True, width=88)
    return f"---\n{head}---\n\n{body}"


def _template() -> tuple[dict, str]:
    text = TEMPLATE.read_text("utf-8")
    match = FRONT_MATTER.match(text)
    if not match:
        raise CatalogError(f"{TEMPLATE.name}:1: no front matter. Begin it with ---.")
    return yaml.load(match[1], YAML_LOADER), text[match.end() :].strip()


def _online(edition: Edition) -> str:
    """For those who have SKILL.md alone."""
    address = edition.address("rules/")
    if not address:
        return ""
    return f"5. Where the folder `references` is missing: {address}<id>.md"


def _priorities(catalog: Catalog) -> str:
    rows = ["| Priority | Category | Impact | Prefix |", "| --- | --- | --- | --- |"]
    rows += [
        f"| {category.priority} | {category.title} | {category.impact_label} "
        f"| `{category.prefix}-` |"
        for category in catalog.categories
    ]
    return "\n".join(rows)


def _index(catalog: Catalog) -> str:
    sections = []
    for category in catalog.categories:
        rules = "\n".join(
            f"- [{rule.id}](references/{rule.id}.md) {rule.impact_label}: {rule.title}"
            for rule in catalog.rules_of(category)
        )
        sections.append(f"### {category.title}\n\n{rules}")
    return "\n\n".join(sections)


def _removed(catalog: Catalog) -> str:
    """The table of removed names, from the page of the rule about upgrading."""
    body = catalog.rule(UPGRADE_RULE).body
    match = re.search(r"^\| 2\.x .*(?:\n\|.*)+", body, re.MULTILINE)
    if not match:
        raise CatalogError(
            f"docs/rules/{UPGRADE_RULE}.md:1: no table with the column 2.x. "
            "The skill shows that table: bring it back."
        )
    return match[0]


def error_pages(catalog: Catalog) -> dict[str, str]:
    """The texts of errors and warnings with the rules that explain them.

    They do not fit into one file, so they are sorted and cut; errors.md says which
    file begins where.

    Args:
        catalog: The rules.
    """
    lines = []
    for text, cause, rules in error_texts(catalog):
        links = ", ".join(f"[{rule}]({rule}.md)" for rule in rules)
        lines.append(" → ".join(filter(None, [f"- {code_span(text)}", cause, links])))
    total = sum(map(tokens, lines))
    count = -(-total // (REFERENCE_TOKENS - 100))
    cut: list[list[str]] = [[] for _ in range(count)]
    before = 0
    for line in lines:
        cut[before * count // total].append(line)
        before += tokens(line)
    pages = {
        f"errors-{number}.md": f"# Errors, part {number}\n\n" + "\n".join(part) + "\n"
        for number, part in enumerate(cut, 1)
    }
    rows = [
        f"| {_opening(part[0])} | {_opening(part[-1])} | [{name}]({name}) |"
        for name, part in zip(pages, cut, strict=True)
    ]
    pages["errors.md"] = "\n".join(
        [
            "# Errors",
            "",
            "Texts of errors and warnings, sorted, each with the rule that explains "
            "it. Braces stand for what differs. Search all parts at once:",
            "",
            "```console",
            'grep -n "was recorded when" references/errors-*.md',
            "```",
            "",
            "Leave the name of the module out: `dbos._error.DBOSException: ` comes "
            "before many of them in a traceback.",
            "",
            "| First | Last | File |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )
    return pages


def error_texts(catalog: Catalog) -> list[tuple[str, str, list[str]]]:
    """Each text with its cause, which may be empty, and the ids of its rules, sorted.

    Args:
        catalog: Whose errors page lists the texts.
    """
    return sorted(
        (
            (entry.printed, entry.cause, list(entry.rules))
            for entry in errors.entries(catalog)
        ),
        key=lambda text: text[0].casefold(),
    )


def _opening(line: str) -> str:
    text = line.removeprefix("- ").partition(" → ")[0].strip("` ")
    short = text if len(text) <= 50 else text[:50].rsplit(" ", 1)[0] + " …"
    return code_span(short.replace("`", ""))


def configuration(catalog: Catalog, edition: Edition) -> str:
    """Every key of the configuration, from the reference page.

    Args:
        catalog: Says where the page is.
        edition: What is published.
    """
    path = catalog.root / "docs/reference/configuration.md"
    body = FRONT_MATTER.sub("", path.read_text("utf-8"))
    # The part that mkdocstrings fills repeats the table.
    body = re.sub(r"\n## [^\n]*\n+:::.*", "", body, flags=re.DOTALL)
    body = body.replace(
        "A test compares this table with the installed package.\n\n", ""
    )
    text = plain(relink(body, lambda *_: None))
    if tokens(text) > REFERENCE_TOKENS:
        raise CatalogError(
            f"docs/reference/configuration.md: {tokens(text)} tokens in the skill. "
            f"Shorten it to {REFERENCE_TOKENS}."
        )
    return text

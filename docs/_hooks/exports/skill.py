"""The rules as a skill for coding agents: files, archives and discovery.

The format is the Agent Skills specification's: a folder with SKILL.md and references,
each small enough to be loaded alone. All of it is made from the catalogue, the snippets
and one page of prose, SKILL.template.md. Pure: it returns names and contents.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from book import errors, terms
from book.markdown import (
    FRONT_MATTER,
    YAML_LOADER,
    code_span,
    fence,
    relink,
)
from book.model import Catalog, CatalogError, Rule
from exports import api, bundle, evals
from exports.archives import as_json, checksums, tar_archive, zip_archive
from exports.edition import Edition
from exports.plain import plain
from exports.reference import reference
from exports.tokens import REFERENCE_TOKENS, packed, tokens
from pages.render import MissingError, Style, compose, included

NAME = "dbos-python"
TEMPLATE = Path(__file__).with_name("SKILL.template.md")
SOURCE = f"docs/_hooks/exports/{TEMPLATE.name}"
#: Limits of the specification for SKILL.md.
BODY_LINES = 500
BODY_TOKENS = 5000

DISCOVERY_SCHEMA = "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
#: Whose table says what dbos 3 removed.
UPGRADE_RULE = "advanced-upgrading-v3"


#: Where the index goes; see `skill_page`.
INDEX = "<!-- index -->"
MARKER = re.compile(r"<!-- catalog: (?P<list>[a-z]+) -->")


def files(catalog: Catalog, edition: Edition) -> dict[str, str]:
    """Every file of the skill, by its path in the skill's folder.

    Args:
        catalog: The rules.
        edition: What is published.

    Raises:
        CatalogError: A file is too large to be loaded alone.
    """
    rules = {rule.id: reference(catalog, rule, edition) for rule in catalog.rules}
    unlisted = {rule_id: made.unlisted for rule_id, made in rules.items()}
    references = {
        **{f"{rule_id}.md": made.text for rule_id, made in rules.items()},
        **index_pages(catalog, unlisted),
        **error_pages(catalog),
        **term_pages(catalog),
        "configuration.md": configuration(catalog, edition),
        **_in_parts(
            "api", "Public API, all by `from dbos import …`", api.lines(catalog)
        ),
    }
    return {
        "SKILL.md": skill_page(catalog, edition),
        f"assets/{bundle.NAME}": bundle.bundle(catalog, edition),
        **{f"references/{name}": text for name, text in references.items()},
    }


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
        **evals.published(catalog, NAME),
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
        "priorities": _priorities(catalog),
        # Filled in last: it takes the room that is left.
        "index": INDEX,
        "removed": _removed(catalog),
        "checked": f"Checked with {edition.facts.checked}.",
        "online": _online(edition),
    }

    def fill(match: re.Match[str]) -> str:
        if match["list"] not in lists:
            raise MissingError(match[0], "no such list.", f"Use {', '.join(lists)}.")
        return lists[match["list"]]

    style = Style(
        code=lambda snippet, block, _: fence(included(snippet, block), "python"),
        proof=lambda _: "",
    )
    try:
        filled = MARKER.sub(fill, body)
        body = compose(catalog, filled, style) + "\n"
    except MissingError as error:
        raise CatalogError(error.at(SOURCE, TEMPLATE)) from None
    body = body.replace(INDEX, f"{INDEX}{_former(catalog)}")
    tokens_left, lines_left = BODY_TOKENS - tokens(body), BODY_LINES - body.count("\n")
    body = body.replace(INDEX, _index(catalog, tokens_left, lines_left))
    lines = body.count("\n")
    if lines >= BODY_LINES or tokens(body) > BODY_TOKENS:
        raise CatalogError(
            f"{SOURCE}:1: the body has {lines} lines and up to "
            f"{tokens(body)} tokens. Shorten it to {BODY_LINES} and {BODY_TOKENS}."
        )
    head = yaml.safe_dump(meta, sort_keys=False, allow_unicode=True, width=88)
    return f"---\n{head}---\n\n{body}"


def _template() -> tuple[dict, str]:
    text = TEMPLATE.read_text("utf-8")
    match = FRONT_MATTER.match(text)
    if not match:
        raise CatalogError(f"{SOURCE}:1: no front matter. Begin it with ---.")
    return yaml.load(match[1], YAML_LOADER), text[match.end() :].strip()


def _online(edition: Edition) -> str:
    """For those who have SKILL.md alone."""
    address = edition.address("rules/")
    if not address:
        return ""
    return f"6. Where the folder `references` is missing: {address}<id>.md"


def _priorities(catalog: Catalog) -> str:
    rows = ["| Priority | Category | Impact | Prefix |", "| --- | --- | --- | --- |"]
    rows += [
        f"| {category.priority} | {category.title} | {category.impact_label} "
        f"| `{category.prefix}-` |"
        for category in catalog.categories
    ]
    return "\n".join(rows)


def _index(catalog: Catalog, tokens_left: int, lines_left: int) -> str:
    """Each category's rules, the most important categories first, as far as they fit.

    Of the others it names the file that lists them.
    """
    full = {}
    brief = {}
    for category in catalog.categories:
        rules = catalog.rules_of(category)
        lines = [_entry(rule, "references/") for rule in rules]
        full[category.slug] = "\n".join([f"### {category.title}", "", *lines, ""])
        name = f"references/index-{category.slug}.md"
        brief[category.slug] = (
            f"### {category.title}\n\n{len(rules)} rules, listed in [{name}]({name}).\n"
        )
    shown = dict(brief)
    for slug, text in full.items():
        candidate = {**shown, slug: text}
        index = "\n".join(candidate.values())
        if tokens(index) <= tokens_left and index.count("\n") < lines_left:
            shown = candidate
    return "\n".join(shown.values()).rstrip("\n")


def _entry(rule: Rule, folder: str) -> str:
    return f"- [{rule.id}]({folder}{rule.id}.md) {rule.impact_label}: {rule.title}"


def _former(catalog: Catalog) -> str:
    """Ids that reviews may still cite, with what is there now."""
    lines = [
        f"- `{alias}` is [{rule.id}](references/{rule.id}.md)"
        for alias, rule in catalog.aliases.items()
        if not rule.is_retired
    ]
    for rule in catalog.retired:
        other = rule.meta.replaced_by
        then = f"; see [{other}](references/{other}.md)" if other else ""
        lines.append(f"- `{rule.id}` is retired{then}")
    return "\n".join(["\n", "### Former ids", "", *lines]) if lines else ""


def index_pages(catalog: Catalog, unlisted: Mapping[str, list[str]]) -> dict[str, str]:
    """The rules of each category, with their descriptions, in files small enough.

    Args:
        catalog: The rules.
        unlisted: A rule's id to the search words that its own file has no room for.
    """
    made = {}
    for category in catalog.categories:
        lines = []
        for rule in catalog.rules_of(category):
            words = "; ".join(unlisted.get(rule.id, []))
            more = f" Search words: {words}" if words else ""
            if rule.meta.aliases:
                more += f" Formerly {', '.join(rule.meta.aliases)}."
            lines.append(f"{_entry(rule, '')}. {rule.description}{more}")
        made |= _in_parts(f"index-{category.slug}", f"{category.title}: rules", lines)
    return made


def _in_parts(name: str, title: str, lines: list[str]) -> dict[str, str]:
    """A list as files small enough, each with a link to the next one."""
    made = {}
    parts = packed(lines, REFERENCE_TOKENS - 100)
    for number, part in enumerate(parts, 1):
        suffix = f"-{number}" if number > 1 else ""
        heading = f"# {title}, part {number} of {len(parts)}"
        text = "\n".join([heading, "", *part, ""])
        if number < len(parts):
            following = f"{name}-{number + 1}.md"
            text += f"\nThe next part is [{following}]({following}).\n"
        made[f"{name}{suffix}.md"] = text
    return made


def term_pages(catalog: Catalog) -> dict[str, str]:
    """The words that the rules use in a sense of their own, in files small enough.

    Args:
        catalog: The rules.
    """
    lines = [
        f"- **{term.name}**: {term.text} → [{term.rule}]({term.rule}.md)"
        for term in terms.entries(catalog)
    ]
    return _in_parts("terms", "Terms", lines)


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
    parts = packed(lines, REFERENCE_TOKENS - 100)
    pages = {
        f"errors-{number}.md": f"# Errors, part {number}\n\n" + "\n".join(part) + "\n"
        for number, part in enumerate(parts, 1)
    }
    for length in (50, 30, 12):
        index = _errors_index(dict(zip(pages, parts, strict=True)), length)
        if tokens(index) <= REFERENCE_TOKENS:
            break
    return pages | {"errors.md": index}


def _errors_index(parts: dict[str, list[str]], length: int) -> str:
    """Says which file begins and ends with what, in so many characters at most."""
    rows = [
        f"| {_opening(part[0], length)} | {_opening(part[-1], length)} | "
        f"[{name}]({name}) |"
        for name, part in parts.items()
    ]
    return "\n".join(
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


def _opening(line: str, length: int) -> str:
    text = line.removeprefix("- ").partition(" → ")[0].strip("` ")
    short = text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
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

    def resolve(target: str, is_name: bool) -> str | None:
        # The files of the rules stand beside this one.
        rule = target.removeprefix("../rules/")
        return None if is_name or rule == target else rule

    text = plain(relink(body, resolve))
    if tokens(text) > REFERENCE_TOKENS:
        raise CatalogError(
            f"docs/reference/configuration.md:1: {tokens(text)} tokens in the skill. "
            f"Shorten it to {REFERENCE_TOKENS}."
        )
    return text

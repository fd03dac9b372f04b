"""The rules as a skill for coding agents: files, archives and discovery.

The format is the Agent Skills specification's: a folder with SKILL.md and references,
each small enough to be loaded alone. All of it is made from the catalogue, the snippets
and one page of prose, SKILL.template.md. Pure: it returns names and contents.
"""

import gzip
import hashlib
import io
import json
import re
import tarfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from posixpath import normpath

import errors
import yaml
from catalog import (
    DATABASES,
    FRONT_MATTER,
    INCLUDE,
    YAML_LOADER,
    Catalog,
    Rule,
    Snippet,
    evidence,
)
from plain import plain, relink
from render import Facts, blocks, output, region, snippet_of, whole_file

NAME = "dbos-python"
TEMPLATE = Path(__file__).with_name("SKILL.template.md")
#: Limits of the specification for SKILL.md, and ours for a file loaded alone.
BODY_LINES = 500
BODY_TOKENS = 5000
REFERENCE_TOKENS = 2000
#: A longer program is mostly what its demonstration needs; an agent gets its region.
WHOLE_FILE_TOKENS = 520

DISCOVERY_SCHEMA = "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
#: Whose table says what dbos 3 removed.
UPGRADE_RULE = "advanced-upgrading-v3"


MARKER = re.compile(r"<!-- catalog: (?P<list>[a-z]+) -->")


class SkillError(Exception):
    """The skill cannot be made; its text names the file and what to do."""


@dataclass(frozen=True)
class Edition:
    """What is published: of what, when and where.

    `day` stands for the clock everywhere, so that the same tree gives the same bytes.
    """

    facts: Facts
    version: str
    day: date
    site_url: str = ""

    def address(self, path: str) -> str:
        """The published address of a path of the site, or an empty string.

        Args:
            path: As it stands below the site's address: `rules/step-basics/`.
        """
        return f"{self.site_url.rstrip('/')}/{path}" if self.site_url else ""


def tokens(text: str) -> int:
    """How many tokens the text has at most, for any common tokenizer.

    Tokenizers differ and fetch their tables from the network. English prose has about
    4.5 characters or 0.75 words a token, Python about 3.8 characters; this counts more.

    Args:
        text: Any text.
    """
    return int(max(len(text) / 3.5, len(text.split()) * 1.4)) + 1


def files(catalog: Catalog, edition: Edition) -> dict[str, str]:
    """Every file of the skill, by its path in the skill's folder.

    Args:
        catalog: The rules.
        edition: What is published.

    Raises:
        SkillError: A file is too large to be loaded alone.
    """
    made = {"SKILL.md": skill_page(catalog, edition)}
    for rule in catalog.rules:
        made[f"references/{rule.id}.md"] = reference(catalog, rule, edition)
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


def as_json(value: object) -> bytes:
    """The value as it is published: readable, and in the same order each time.

    Args:
        value: What JSON can hold.
    """
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def checksums(contents: dict[str, bytes]) -> bytes:
    """What `sha256sum --check` reads.

    Args:
        contents: Files by the path at which they are checked.
    """
    lines = (
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(contents.items())
    )
    return "".join(lines).encode()


def zip_archive(contents: dict[str, bytes], day: date) -> bytes:
    """A zip archive whose bytes depend on nothing but the arguments.

    Args:
        contents: Files by their path in the archive.
        day: When they were changed, for the archive.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in sorted(contents.items()):
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.external_attr = 0o100644 << 16
            # Unix, whatever the machine: a reader takes the mode from it.
            member.create_system = 3
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tar_archive(contents: dict[str, bytes], day: date) -> bytes:
    """A compressed tar archive whose bytes depend on nothing but the arguments.

    Args:
        contents: Files by their path in the archive, at most 100 characters.
        day: When they were changed, for the archive.
    """
    seconds = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    plain_tar = io.BytesIO()
    # The oldest common format: small installers read no other.
    with tarfile.open(fileobj=plain_tar, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in sorted(contents.items()):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.mtime = seconds
            member.mode = 0o644
            tar.addfile(member, io.BytesIO(content))
    return gzip.compress(plain_tar.getvalue(), mtime=seconds)


def description() -> str:
    """What the skill does and when to use it, from the template's front matter."""
    return str(_template()[0]["description"])


def skill_page(catalog: Catalog, edition: Edition) -> str:
    """SKILL.md.

    Args:
        catalog: The rules.
        edition: What is published.

    Raises:
        SkillError: The template has no front matter, or the body is too large.
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
    parts = []
    for block in blocks(filled):
        snippet = snippet_of(catalog, block)
        parts.append(_fence(_included(snippet, block)) if snippet else block)
    body = "\n\n".join(parts) + "\n"
    lines = body.count("\n")
    if lines >= BODY_LINES or tokens(body) > BODY_TOKENS:
        raise SkillError(
            f"{TEMPLATE.name}: the body has {lines} lines and up to {tokens(body)} "
            f"tokens. Shorten it to {BODY_LINES} and {BODY_TOKENS}."
        )
    head = yaml.safe_dump(meta, sort_keys=False, allow_unicode=True, width=88)
    return f"---\n{head}---\n\n{body}"


def _template() -> tuple[dict, str]:
    text = TEMPLATE.read_text("utf-8")
    match = FRONT_MATTER.match(text)
    if not match:
        raise SkillError(f"{TEMPLATE.name}:1: no front matter. Begin it with ---.")
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
        raise SkillError(f"docs/rules/{UPGRADE_RULE}.md: no table with the column 2.x.")
    return match[0]


def reference(catalog: Catalog, rule: Rule, edition: Edition) -> str:
    """The rule as one file that says all, without the site.

    Where that is too much, code is left out in this order until it fits: demos, the
    further wrong ways, each time the longest first, then what surrounds the right way's
    region. What each of them prints stays.

    Args:
        catalog: Where related rules are looked up.
        rule: The rule.
        edition: What is published.

    Raises:
        SkillError: It is too large even so.
    """
    whole = {rule.snippet("correct")} if _has(rule, "correct") else set()
    whole = {s for s in whole if tokens(whole_file(s)) <= WHOLE_FILE_TOKENS}
    longest_first = sorted(rule.snippets, key=_shown_length, reverse=True)
    demos = [s for s in longest_first if s.kind == "demo"]
    wrong = [s for s in longest_first if s.kind == "incorrect"]
    omissible = [*demos, *(s for s in wrong if s.name != "incorrect")]
    omitted: set[Snippet] = set()
    text = _reference(catalog, rule, edition, whole, omitted)
    for snippet in omissible:
        if tokens(text) <= REFERENCE_TOKENS:
            return text
        omitted.add(snippet)
        text = _reference(catalog, rule, edition, whole, omitted)
    if tokens(text) > REFERENCE_TOKENS:
        text = _reference(catalog, rule, edition, set(), omitted)
    if tokens(text) > REFERENCE_TOKENS:
        raise SkillError(
            f"docs/rules/{rule.id}.md: its reference in the skill has up to "
            f"{tokens(text)} tokens. Shorten the page, or its right way's regions."
        )
    return text


def _shown_length(snippet: Snippet) -> int:
    return sum(len(region(snippet, name)) for name in snippet.regions)


def _has(rule: Rule, name: str) -> bool:
    return any(snippet.name == name for snippet in rule.snippets)


def _reference(
    catalog: Catalog,
    rule: Rule,
    edition: Edition,
    whole: set[Snippet],
    omitted: set[Snippet],
) -> str:
    head, body = rule.body.strip().split("\n", 1)
    pieces = list(blocks(body))
    shown = [snippet_of(catalog, block) for block in pieces]
    parts = [head, _facts(catalog, rule, edition), rule.description]
    for index, (block, snippet) in enumerate(zip(pieces, shown, strict=True)):
        if snippet is None:
            parts.append(_text(rule, block, edition))
            continue
        if snippet in whole and snippet not in shown[:index]:
            parts.append(_fence(whole_file(snippet).strip()))
        elif snippet not in whole and snippet not in omitted:
            parts.append(_fence(_included(snippet, block)))
        if snippet not in shown[index + 1 :]:
            parts.append(_outcome(snippet, snippet in whole, snippet in omitted))
    if related := catalog.related(rule):
        links = ", ".join(f"[{other.id}]({other.id}.md)" for other in related)
        parts.append(f"Related: {links}")
    parts.append(f"Search words: {'; '.join(rule.meta['keywords'])}")
    return "\n\n".join(parts) + "\n"


def _facts(catalog: Catalog, rule: Rule, edition: Edition) -> str:
    address = edition.address(f"rules/{rule.id}/")
    return " · ".join(
        [
            f"`{rule.id}`",
            rule.impact_label,
            catalog.category_of(rule).title,
            f"since dbos {rule.meta['since']}",
            f"checked with dbos {edition.facts.dbos_version}",
            *([address] if address else []),
        ]
    )


def _text(rule: Rule, block: str, edition: Edition) -> str:
    """Prose, with links that lead somewhere from the skill's folder."""

    def resolve(target: str, is_name: bool) -> str | None:
        if is_name or "://" in target:
            return None if is_name else target
        path, _, anchor = target.partition("#")
        path = normpath(f"rules/{path}") if path else f"rules/{rule.id}.md"
        if path == f"rules/{rule.id}.md":
            return None
        if re.fullmatch(r"rules/(?!index)[a-z0-9-]+\.md", path):
            return path.removeprefix("rules/")
        if path == "reference/configuration.md":
            return "configuration.md"
        page = path.removesuffix(".md").removesuffix("index")
        page = page if not page or page.endswith("/") else f"{page}/"
        address = edition.address(page)
        return f"{address}#{anchor}" if address and anchor else address or None

    return plain(relink(block, resolve)).strip()


def _included(snippet: Snippet, block: str) -> str:
    """The block's code: regions of a file, or `whole` for all of it."""
    names = [
        match["region"] for line in block.splitlines() if (match := INCLUDE.match(line))
    ]
    if names == ["whole"]:
        return whole_file(snippet).strip()
    return "\n".join(region(snippet, name) for name in names)


def _fence(code: str) -> str:
    return f"```python\n{code}\n```"


def _outcome(snippet: Snippet, is_whole: bool, is_omitted: bool) -> str:
    """What a run of the file showed, in as few words as possible."""
    name = f"`{snippet.path.name}`"
    said = [line for line in evidence(snippet) if line != "Killed"]
    note = " (code not repeated here)" if is_omitted else ""
    if snippet.expect == "raises":
        return f"Fails: {name}{note} raises `{output(snippet).splitlines()[-1]}`"
    if snippet.expect == "crash":
        what = f"{name}{note}, killed once and started again, prints"
        if is_whole:
            what = (
                f"{name} kills its own process once, to show the recovery; leave that "
                "out. Started again, it prints"
            )
    else:
        what = f"{name}{note} prints"
    label = {"incorrect": "Wrong", "correct": "Right", "demo": "Shown"}[snippet.kind]
    if is_whole and snippet.printed:
        # The lines stand in the program.
        return f"{label}: {name} prints what its `#>` lines say."
    if snippet.needs:
        what = f"on {DATABASES[snippet.needs]} only, {what}"
    if len(said) == 1:
        return f"{label}: {what} `{said[0]}`"
    return f"{label}: {what}\n\n```text\n" + "\n".join(said) + "\n```"


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
        lines.append(" → ".join(filter(None, [f"- {_code(text)}", cause, links])))
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
    return _code(short.replace("`", ""))


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


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
        raise SkillError(
            f"docs/reference/configuration.md: {tokens(text)} tokens in the skill. "
            f"Shorten it to {REFERENCE_TOKENS}."
        )
    return text

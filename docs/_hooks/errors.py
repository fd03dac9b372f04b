"""The errors page: what dbos prints, why it does, and the rule that answers it.

Pure, like `catalog.py`. Facts that belong to no single rule stand in `errors.yml`; the
texts that lead to a rule stand in that rule's front matter. A text that is in both
becomes one entry, and a text of a rule that is in no row becomes an entry of its own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml
from catalog import YAML_LOADER, Catalog, CatalogError, Problem, Rule

SOURCE = "docs/_hooks/errors.yml"
#: Keys of a row, by section of the data file; `rules` and `reference` may be absent.
KEYS = {
    "codes": ("anchor", "code", "class", "text", "cause", "rules", "reference"),
    "others": ("anchor", "class", "text", "cause", "rules", "reference"),
    "log": ("anchor", "level", "text", "cause", "rules", "reference"),
}
OPTIONAL_KEYS = {"rules", "reference"}
LEVELS = ("warning", "error")
#: Sections of the page; the last holds what only rules know.
HEADINGS = {
    "codes": (
        "DBOS errors by code",
        "A traceback names the class as `dbos._error.<class>`.",
    ),
    "others": (
        "Errors without a text or from elsewhere",
        "dbos, Python or SQLAlchemy raise these where dbos is used.",
    ),
    "rules": (
        "Raised with other texts",
        "The rule under each text shows where it comes from. A text that begins with "
        "`DBOS Error:` belongs to a `DBOSException`.",
    ),
    "log": (
        "Log warnings",
        "Nothing is raised. The logger `dbos` writes a line and the program goes on, "
        "unless the text says otherwise.",
    ),
}
#: Words in an anchor that is made of a text.
ANCHOR_WORDS = 12

ANCHOR = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: Placeholders that stand for whole sentences; all others stand for one word.
SENTENCES = {"message", "details", "error"}
#: What Python prints before an exception's text. `str()` of dbos's own exceptions
#: begins with `DBOS Error`; see `DBOSException.__str__` in dbos/_error.py.
PRINTED_CLASS = re.compile(
    r"(?:DBOS Error(?: (?P<code>\d+))?"
    r"|(?P<name>(?:\w+\.)+\w+|\w*(?:Error|Exception)))(?:: |$)"
)


@dataclass(frozen=True)
class Entry:
    """One text of the errors page.

    `kind` is the exception's class, or empty where a rule gives the text alone; `code`
    is dbos's code; `level` is set for a log line only. `text` is the message without
    what Python or dbos print before it, and may be empty. `line` is the row's place in
    the data file, and 0 for a text that only a rule has.
    """

    section: str
    anchor: str
    kind: str
    code: int | None
    level: str
    text: str
    cause: str
    rules: tuple[str, ...]
    reference: str
    line: int = 0

    @property
    def title(self) -> str:
        """A short name: `DBOS Error 11 (DBOSUnexpectedStepError)`, `KeyError`."""
        if self.code:
            return f"DBOS Error {self.code} ({self.kind})"
        return self.kind or (f"Log {self.level}" if self.level else "Error")

    @property
    def printed(self) -> str:
        """The text as a terminal shows it, with its code or its class before it."""
        if self.code:
            return f"DBOS Error {self.code}: {self.text}"
        if self.kind in ("DBOSException", "DBOSBaseException"):
            return f"DBOS Error: {self.text}"
        return ": ".join(filter(None, [self.kind, self.text]))

    @property
    def key(self) -> str:
        """Equal for texts that differ in the names of placeholders only."""
        return _without_names(self.text)

    def covers(self, text: str) -> bool:
        """Whether the text is what this entry's template can give.

        Args:
            text: A message, or a template that says more than this one.
        """
        return template(self.text).fullmatch(text) is not None


@cache
def _without_names(text: str) -> str:
    # SQLAlchemy puts the driver's class before the driver's text.
    return PLACEHOLDER.sub("{}", re.sub(r"^\(\w+\.\w+\) ", "", text))


@cache
def template(text: str) -> re.Pattern[str]:
    """Matches what the text can be when its placeholders are filled in.

    Args:
        text: A text of an entry. One that is all placeholder matches nothing.
    """
    parts = re.split(PLACEHOLDER, text)
    if not re.search(r"\w", "".join(parts[::2])):
        return re.compile(r"\Z.")
    return re.compile(
        "".join(
            (r".+" if part in SENTENCES else r"\S+") if index % 2 else re.escape(part)
            for index, part in enumerate(parts)
        )
    )


def entries(catalog: Catalog) -> list[Entry]:
    """Every entry of the errors page, in its order.

    Args:
        catalog: Gives the rules and the folder of the data file.

    Raises:
        CatalogError: The data file or a rule's text cannot be used; the text lists
            file, line and remedy.
    """
    rows, problems = rows_of(catalog)
    result = [] if problems else _merged(catalog, rows, problems)
    problems += [
        Problem(
            SOURCE,
            entry.line,
            f"the row {entry.anchor} leads nowhere.",
            "Name `rules:`, or a `reference:` to the API.",
        )
        for entry in result
        if not entry.rules and not entry.reference
    ]
    if problems:
        raise CatalogError("\n".join(map(str, sorted(problems))))
    return result


def codes_of(found: Iterable[Entry], rule_id: str) -> list[int]:
    """The codes of the dbos errors that a rule answers, in ascending order.

    Args:
        found: As `entries` returns them.
        rule_id: For example `step-retries`.
    """
    return sorted({e.code for e in found if e.code and rule_id in e.rules})


def page(catalog: Catalog) -> str:
    """The page's lists as Markdown.

    Args:
        catalog: Gives the rules and the folder of the data file.

    Raises:
        CatalogError: As for `entries`.
    """
    found = entries(catalog)
    parts = []
    for section, (heading, sentence) in HEADINGS.items():
        own = [entry for entry in found if entry.section == section]
        parts.append(f"## {heading}\n\n{sentence}")
        if section == "codes":
            parts.append(_code_links(own))
        if section != "rules":
            parts.append(_list(catalog, own))
            continue
        for category in catalog.categories:
            of_category = [
                entry
                for entry in own
                if catalog.rule(entry.rules[0]).prefix == category.prefix
            ]
            if of_category:
                parts.append(f"### {category.title}\n\n{_list(catalog, of_category)}")
    return "\n\n".join(parts)


def rows_of(catalog: Catalog) -> tuple[list[Entry], list[Problem]]:
    """The data file's rows, and what is wrong with it.

    Args:
        catalog: Gives the folder and the ids of the rules that rows may name.
    """
    path = catalog.root / SOURCE
    source = path.read_text("utf-8")
    try:
        data = yaml.load(source, YAML_LOADER)
        node = yaml.compose(source, YAML_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        return [], [Problem(SOURCE, line, "the file is not YAML.", str(error))]
    if (
        not isinstance(data, dict)
        or list(data) != list(KEYS)
        or not all(isinstance(rows, list) for rows in data.values())
    ):
        remedy = f"Write, in this order: {', '.join(KEYS)}."
        return [], [Problem(SOURCE, 1, "the file has other lists.", remedy)]
    lines = {
        key.value: [row.start_mark.line + 1 for row in rows.value]
        for key, rows in node.value
    }
    found: list[Entry] = []
    problems: list[Problem] = []
    rule_ids = {rule.id for rule in catalog.rules}
    anchors: set[str] = set()
    for section, rows in data.items():
        for row, line in zip(rows, lines[section], strict=True):
            wrong = list(_problems(section, row, rule_ids, anchors))
            problems += [Problem(SOURCE, line, *parts) for parts in wrong]
            if not wrong:
                anchors.add(row["anchor"])
                found.append(_entry(section, row, line))
    return found, problems


def _problems(
    section: str, row: Any, rule_ids: set[str], anchors: set[str]
) -> Iterable[tuple[str, str]]:
    """Message and remedy of each thing that is wrong with a row."""
    keys = KEYS[section]
    if not isinstance(row, dict):
        yield "the row is no mapping.", f"Write the keys {', '.join(keys)}."
        return
    for key in keys:
        if key not in OPTIONAL_KEYS and key not in row:
            yield f"the row has no {key}.", f"Add `{key}:` to it."
    for key, value in row.items():
        if key not in keys:
            yield f"unknown key {key}.", f"Known keys: {', '.join(keys)}."
        elif key == "code":
            if value is not None and not isinstance(value, int):
                yield f"the code is {value!r}.", "Write dbos's number, or null."
        elif key == "rules":
            for rule_id in value if isinstance(value, list) else [value]:
                if rule_id not in rule_ids:
                    yield f"no rule is called {rule_id!r}.", "Name rules by their ids."
        elif not isinstance(value, str) or (not value and key != "text"):
            yield f"{key} is {value!r}.", "Write a text."
    anchor = row.get("anchor")
    if anchor in anchors:
        yield f"a second row with the anchor {anchor}.", "Give each row its own."
    if isinstance(anchor, str) and not ANCHOR.fullmatch(anchor):
        yield f"the anchor is {anchor!r}.", "Use small letters, digits and hyphens."
    if row.get("level", "warning") not in LEVELS:
        yield f"the level is {row['level']!r}.", f"Use {' or '.join(LEVELS)}."


def _entry(section: str, row: dict[str, Any], line: int) -> Entry:
    return Entry(
        section=section,
        anchor=row["anchor"],
        kind=row.get("class", ""),
        code=row.get("code"),
        level=row.get("level", ""),
        text=row["text"],
        cause=row["cause"],
        rules=tuple(row.get("rules", [])),
        reference=row.get("reference", ""),
        line=line,
    )


def _merged(
    catalog: Catalog, rows: list[Entry], problems: list[Problem]
) -> list[Entry]:
    """The rows with the rules' texts, in page order; notes anchors used twice."""
    texts = [
        (_of_rule(rule, text, rows), rule)
        for rule in catalog.rules
        for text in rule.meta["errors"]
    ]
    # A text without a class may be one that another rule gives with its class.
    texts.sort(key=lambda pair: not pair[0].kind)
    found = list(rows)
    for own, rule in texts:
        fitting = [
            index
            for index, entry in enumerate(found)
            if entry.key == own.key
            and (not own.kind or _name(entry.kind) == _name(own.kind))
        ]
        # Several errors without a text look the same: a row says whose it is.
        named = [index for index in fitting if rule.id in found[index].rules]
        for index in named or fitting:
            ids = dict.fromkeys([*found[index].rules, rule.id])
            found[index] = replace(found[index], rules=tuple(ids))
        if fitting:
            continue
        if any(entry.anchor == own.anchor for entry in found):
            path = rule.path.relative_to(catalog.root).as_posix()
            message = f"another text has the anchor {own.anchor} of {own.printed!r}."
            remedy = f"Add this text to {SOURCE} with an anchor of its own."
            problems.append(Problem(path, rule.meta_lines["errors"], message, remedy))
        found.append(own)
    return _in_page_order(catalog, found, rows)


def _of_rule(rule: Rule, text: str, rows: list[Entry]) -> Entry:
    """The entry of a text that a rule's front matter gives."""
    kind, code, message = "", None, text
    if printed := PRINTED_CLASS.match(text):
        code = int(printed["code"]) if printed["code"] else None
        kinds = (row.kind for row in rows if row.code == code and code)
        kind = printed["name"] or next(kinds, "DBOSException")
        message = text[printed.end() :]
    words = re.findall(r"[a-z0-9]+", PLACEHOLDER.sub(" ", (message or kind).lower()))
    anchor = "-".join([*(["error", str(code)] if code else []), *words[:ANCHOR_WORDS]])
    own = Entry("rules", anchor, kind, code, "", message, "", (rule.id,), "")
    # A more exact form of a row stands with that row.
    if general := _general(own, rows):
        own = replace(own, section=general.section, level=general.level)
    return own


def _general(own: Entry, rows: list[Entry]) -> Entry | None:
    """The row whose template can give the entry's text."""
    for row in rows:
        same_kind = not own.kind or _name(row.kind) == _name(own.kind)
        if row.key != own.key and same_kind and row.covers(own.text):
            return row
    return None


def _in_page_order(
    catalog: Catalog, found: list[Entry], rows: list[Entry]
) -> list[Entry]:
    sections = list(HEADINGS)
    place = {row.anchor: index for index, row in enumerate(rows)}
    rules = {rule.id: index for index, rule in enumerate(catalog.rules)}

    def order(entry: Entry) -> tuple[int, int, bool, int]:
        row = entry if entry.line else _general(entry, rows)
        return (
            sections.index(entry.section),
            place[row.anchor] if row else 0,
            entry is not row,
            rules[entry.rules[0]] if not entry.line else 0,
        )

    # A row says which rule helps most; other entries name them in the site's order.
    found = [
        entry
        if entry.line
        else replace(entry, rules=tuple(sorted(entry.rules, key=rules.__getitem__)))
        for entry in found
    ]
    return sorted(found, key=order)


def _name(kind: str) -> str:
    """The class without its module."""
    return kind.rpartition(".")[2]


def _code_links(found: list[Entry]) -> str:
    first: dict[int, str] = {}
    for entry in found:
        if entry.code:
            first.setdefault(entry.code, entry.anchor)
    links = " ".join(f"[{code}](#{anchor})" for code, anchor in first.items())
    return f"Codes: {links}\n{{ .error-codes }}"


def _list(catalog: Catalog, found: list[Entry]) -> str:
    rows = "\n\n".join(_item(catalog, entry) for entry in found)
    return f'<div class="errors" markdown>\n\n{rows}\n\n</div>'


def _item(catalog: Catalog, entry: Entry) -> str:
    """Term and description: the text, its cause, and where to go."""
    name = "Link to this error"
    link = (
        f"[¶](#{entry.anchor})"
        f'{{ .headerlink title="{name}" aria-label="{name}: {entry.anchor}" }}'
    )
    term = f"{_code(entry.printed)} {link} {{ #{entry.anchor} }}"
    links = []
    if entry.section == "codes":
        links.append(f"[`{entry.kind}`][dbos._error.{entry.kind}]")
    if entry.level:
        links.append(entry.level.capitalize())
    for rule in map(catalog.rule, entry.rules):
        links.append(f"[{rule.title}](rules/{rule.id}.md)")
    if entry.reference:
        name = entry.reference.removeprefix("dbos.").removeprefix("_error.")
        links.append(f"[`{name}`][{entry.reference}]")
    lines = [entry.cause, f"{' · '.join(links)}\n    {{ .error-where }}"]
    return f"{term}\n\n:   " + "\n\n    ".join(filter(None, lines))


def _code(text: str) -> str:
    """The text as a code span, whatever backticks it has."""
    runs = re.findall(r"`+", text)
    mark = "`" * (max(map(len, runs), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{space}{text}{space}{mark}"

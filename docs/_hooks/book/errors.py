"""The errors page: what dbos prints, why it does, and the rule that answers it.

Pure, like `catalog.py`. Facts that belong to no single rule stand in `errors.yml`; the
texts that lead to a rule stand in that rule's front matter. A text that is in both
becomes one entry, and a text of a rule that is in no row becomes an entry of its own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import yaml

from book.markdown import YAML_LOADER
from book.model import Catalog, CatalogError, Problem, Rule
from book.records import CodeRow, ErrorRow, LogRow, RaisedRow

SOURCE = "docs/_hooks/book/errors.yml"
#: What a row is, by section of the data file.
ROWS: dict[str, type[ErrorRow]] = {
    "codes": CodeRow,
    "others": RaisedRow,
    "log": LogRow,
}
#: Sections of the page, in its order; `rules` holds what only rules know.
SECTIONS = ("codes", "others", "rules", "log")
#: Words in an anchor that is made of a text.
ANCHOR_WORDS = 12

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
    the data file, and 0 for a text that only a rule has. `row` is the anchor of the row
    that the entry stands with: its own, or that of a row whose template gives the text.
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
    row: str = ""

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


@lru_cache(maxsize=1)
def entries(catalog: Catalog) -> tuple[Entry, ...]:
    """Every entry of the errors page, in its order.

    Page, search and skill ask for the same; it is made once for a catalogue.

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
    return tuple(result)


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
        or list(data) != list(ROWS)
        or not all(isinstance(rows, list) for rows in data.values())
    ):
        remedy = f"Write, in this order: {', '.join(ROWS)}."
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
    for _, message, remedy in ROWS[section].faults(row):
        yield message, remedy
    if not isinstance(row, dict):
        return
    rules = row.get("rules", [])
    for rule_id in rules if isinstance(rules, list) else []:
        if rule_id not in rule_ids:
            yield f"no rule is called {rule_id!r}.", "Name rules by their ids."
    anchor = row.get("anchor")
    if anchor in anchors:
        yield f"a second row with the anchor {anchor}.", "Give each row its own."


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
        row=row["anchor"],
    )


def _merged(
    catalog: Catalog, rows: list[Entry], problems: list[Problem]
) -> list[Entry]:
    """The rows with the rules' texts, in page order; notes anchors used twice."""
    texts = [
        (_of_rule(rule, text, rows), rule)
        for rule in catalog.rules
        for text in rule.meta.errors
    ]
    # A text without a class may be one that another rule gives with its class.
    texts.sort(key=lambda pair: not pair[0].kind)
    found = list(rows)
    places: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        places.setdefault(row.key, []).append(index)
    anchors = {row.anchor for row in rows}
    for own, rule in texts:
        fitting = [
            index
            for index in places.get(own.key, [])
            if not own.kind or _name(found[index].kind) == _name(own.kind)
        ]
        # Several errors without a text look the same: a row says whose it is.
        named = [index for index in fitting if rule.id in found[index].rules]
        for index in named or fitting:
            ids = dict.fromkeys([*found[index].rules, rule.id])
            found[index] = replace(found[index], rules=tuple(ids))
        if fitting:
            continue
        if own.anchor in anchors:
            path = rule.path.relative_to(catalog.root).as_posix()
            message = f"another text has the anchor {own.anchor} of {own.printed!r}."
            remedy = f"Add this text to {SOURCE} with an anchor of its own."
            problems.append(Problem(path, rule.meta_lines["errors"], message, remedy))
        anchors.add(own.anchor)
        places.setdefault(own.key, []).append(len(found))
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
        own = replace(
            own, section=general.section, level=general.level, row=general.anchor
        )
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
    place = {row.anchor: index for index, row in enumerate(rows)}
    rules = {rule.id: index for index, rule in enumerate(catalog.rules)}

    def order(entry: Entry) -> tuple[int, int, bool, int]:
        return (
            SECTIONS.index(entry.section),
            place[entry.row] if entry.row else 0,
            entry.anchor != entry.row,
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

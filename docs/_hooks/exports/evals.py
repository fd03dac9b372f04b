"""The evals of the skill: prompts with what a good answer meets, and queries.

The form is that of the Agent Skills evaluation guide. The data stands in `evals.yml`,
and what an answer should say comes from the rule's description. Pure: it returns names
and contents. tests/test_evals.py proves what is said about code.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from book.markdown import YAML_LOADER
from book.model import Catalog, CatalogError, Problem, Rule
from book.records import AssertionRow, EvalRow, Queries
from exports.archives import as_json

DATA = Path(__file__).with_name("evals.yml")
SOURCE = f"docs/_hooks/exports/{DATA.name}"
#: The impacts of which every rule has an eval.
IMPACTS = ("critical", "high")
#: Sections of the data file.
SECTIONS = ("evals", "queries")


@dataclass(frozen=True)
class Assertion:
    """A sentence that a good answer meets, and how code shows it, if code does.

    `line` is its place in the data file.
    """

    text: str
    line: int
    code: str = ""
    no_code: str = ""
    pair: str = ""
    check: str = ""

    @property
    def wrong_file(self) -> str:
        """The name of the program of which `code` and `no_code` are not true."""
        return f"incorrect_{self.pair}" if self.pair else "incorrect"

    @property
    def is_about_code(self) -> bool:
        """Whether code alone shows that the assertion is met."""
        return bool(self.code or self.no_code or self.check)

    @property
    def published(self) -> str:
        """The sentence, with the static check that reports nothing where it is met."""
        if not self.check:
            return self.text
        return f"{self.text} The static check `{self.check}` reports nothing."


@dataclass(frozen=True)
class Eval:
    """A prompt for one rule; `line` is the row's place in the data file."""

    id: int
    rule: Rule
    prompt: str
    assertions: tuple[Assertion, ...]
    line: int


def published(catalog: Catalog, skill_name: str) -> dict[str, bytes]:
    """Both files, by their names beside the skill's archives.

    Args:
        catalog: The rules.
        skill_name: As SKILL.md says it.

    Raises:
        CatalogError: A row cannot be used; the text lists file, line and remedy.
    """
    found, queries = load(catalog)
    evals = {
        "skill_name": skill_name,
        "evals": [
            {
                "id": each.id,
                "prompt": each.prompt,
                "expected_output": each.rule.description,
                "files": [],
                "assertions": [assertion.published for assertion in each.assertions],
            }
            for each in found
            if not each.rule.is_retired
        ],
    }
    wakes = {True: queries.should_trigger, False: queries.should_not_trigger}
    rows = [
        {"query": query, "should_trigger": wake}
        for wake, texts in wakes.items()
        for query in texts
    ]
    return {"evals.json": as_json(evals), "queries.json": as_json(rows)}


def load(catalog: Catalog) -> tuple[tuple[Eval, ...], Queries]:
    """The data file: its evals in their order, and its queries.

    Args:
        catalog: The rules that rows may name.

    Raises:
        CatalogError: A row cannot be used; the text lists file, line and remedy.
    """
    source = DATA.read_text("utf-8")
    try:
        data = yaml.load(source, YAML_LOADER)
        node = yaml.compose(source, YAML_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = Problem(SOURCE, line, "the file is not YAML.", str(error))
        raise _refused([problem]) from None
    if not isinstance(data, dict) or tuple(data) != SECTIONS:
        remedy = f"Write the sections {' and '.join(SECTIONS)}, in this order."
        raise _refused([Problem(SOURCE, 1, "the file has other sections.", remedy)])
    parts = {key.value: value for key, value in node.value}
    found: list[Eval] = []
    problems: list[Problem] = []
    rows = data["evals"] if isinstance(data["evals"], list) else []
    if not rows:
        line = parts["evals"].start_mark.line + 1
        remedy = "Write a row for each rule, as in `- id: 1`."
        problems.append(Problem(SOURCE, line, "`evals` is no list.", remedy))
    for row, at in zip(rows, parts["evals"].value, strict=False):
        line = at.start_mark.line + 1
        lines = _lines_of_assertions(at)
        wrong = list(_problems(catalog, row, found, line, lines))
        problems += wrong
        if not wrong:
            assertions = tuple(
                Assertion(line=place, **each)
                for each, place in zip(row["assertions"], lines, strict=True)
            )
            rule = _rule(catalog, row["rule"])
            assert rule
            found.append(Eval(row["id"], rule, row["prompt"], assertions, line))
    line = parts["queries"].start_mark.line + 1
    for _, message, remedy in Queries.faults(data["queries"]):
        problems.append(Problem(SOURCE, line, message, remedy))
    if problems:
        raise _refused(problems)
    return tuple(found), Queries.model_validate(data["queries"])


def _refused(problems: Sequence[Problem]) -> CatalogError:
    return CatalogError("\n".join(map(str, sorted(problems))))


def _rule(catalog: Catalog, rule_id: str) -> Rule | None:
    """The rule of that id or former id, retired or not."""
    by_id = {rule.id: rule for rule in catalog.every_rule} | catalog.aliases
    return by_id.get(rule_id)


def _lines_of_assertions(row: yaml.Node) -> list[int]:
    """Where each of a row's assertions begins."""
    if not isinstance(row, yaml.MappingNode):
        return []
    for key, value in row.value:
        if key.value == "assertions" and isinstance(value, yaml.SequenceNode):
            return [each.start_mark.line + 1 for each in value.value]
    return []


def _problems(
    catalog: Catalog, row: Any, before: Sequence[Eval], line: int, lines: list[int]
) -> Iterator[Problem]:
    """What is wrong with a row and with its assertions."""
    faults = EvalRow.faults(row)
    for _, message, remedy in faults:
        yield Problem(SOURCE, line, message, remedy)
    if faults:
        return
    rule = _rule(catalog, row["rule"])
    if not rule:
        message = f"no rule is called {row['rule']!r}."
        yield Problem(SOURCE, line, message, EvalRow.REMEDIES["rule"])
    if row["id"] in {each.id for each in before}:
        message = f"a second row with the id {row['id']}."
        yield Problem(SOURCE, line, message, EvalRow.REMEDIES["id"])
    if rule in [each.rule for each in before]:
        message = f"a second row for {row['rule']}."
        yield Problem(SOURCE, line, message, "Write one prompt for each rule.")
    for assertion, at in zip(row["assertions"], lines, strict=True):
        for message, remedy in _faults_of_assertion(assertion):
            yield Problem(SOURCE, at, message, remedy)


def _faults_of_assertion(row: Any) -> Iterator[tuple[str, str]]:
    """Message and remedy of each thing that is wrong with one assertion."""
    faults = AssertionRow.faults(row)
    for _, message, remedy in faults:
        yield message, remedy
    if faults:
        return
    keys = [key for key in ("code", "no_code", "check") if key in row]
    if len(keys) > 1:
        yield f"the assertion has {' and '.join(keys)}.", "Keep one of them."
    if "pair" in row and not {"code", "no_code"} & row.keys():
        yield "the assertion has a pair, and nothing to look for.", "Add `code:`."
    for key in ("code", "no_code"):
        try:
            re.compile(row.get(key, ""))
        except re.error as error:
            yield f"{key} is no regular expression: {error}.", "Correct it."

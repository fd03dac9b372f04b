"""The parts of the catalogue as values: snippets, pages, rules, categories."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from typing import Any, Generic, TypeVar

import yaml

from book.records import CategoryMeta, PageMeta, RuleMeta
from book.vocabulary import DATABASES, DIRECTIVE, IMPACTS, OUTPUT, REGION

Meta = TypeVar("Meta", bound=PageMeta)


class CatalogError(Exception):
    """The catalogue is not usable; its text lists every problem found."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one file, and what to do about it."""

    path: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} {self.remedy}"


@dataclass(frozen=True)
class Snippet:
    """One executable file of a rule or a guide, with what it declares about itself.

    `rule` is the name of its folder: a rule's id, or `_<name>` for a guide, which is a
    page that is no rule.
    """

    rule: str
    path: Path
    source: str

    @property
    def name(self) -> str:
        """File name without `.py`: `incorrect`, `correct_worker`, `demo_order`."""
        return self.path.stem

    @property
    def is_guide(self) -> bool:
        """Whether it belongs to a page that is no rule."""
        return self.rule.startswith("_")

    @property
    def kind(self) -> str:
        """`incorrect`, `correct`, `cases` or `demo`; a guide's programs are demos."""
        kind = self.name.partition("_")[0]
        return kind if kind in ("incorrect", "correct", "cases") else "demo"

    @property
    def twin_name(self) -> str:
        """The file that an incorrect one is compared with, or else `correct`."""
        return self.name.removeprefix("in")

    @property
    def recording(self) -> Path:
        """Where the output is kept that cannot stand beside a `print`."""
        return self.path.with_suffix(".out")

    def recording_on(self, database: str) -> Path:
        """Where the output on that database is kept.

        Args:
            database: A key of DATABASES.
        """
        if not self.databases_differ:
            return self.recording
        return self.path.with_suffix(f".{database}.out")

    @property
    def recordings(self) -> list[Path]:
        """All files that hold the output, without those that need not exist."""
        if not self.is_recorded:
            return []
        return list(dict.fromkeys(map(self.recording_on, DATABASES)))

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines, without line ends."""
        return self.source.splitlines()

    @cached_property
    def directives(self) -> dict[str, str]:
        """`expect`, `needs`, `differs`, `once` and `types` as the file gives them."""
        found = (DIRECTIVE.match(line) for line in self.lines)
        return {match["name"]: match["value"].strip() for match in found if match}

    @property
    def expect(self) -> str:
        """How the file ends: `ok`, `raises`, `wrong` or `crash`."""
        return self.directives.get("expect", "").split(" ")[0]

    @property
    def exception(self) -> str:
        """The class name that `# expect: raises` declares, or an empty string."""
        return self.directives.get("expect", "").partition(" ")[2]

    @property
    def databases_differ(self) -> str:
        """Why the file prints something else on each database, or an empty string."""
        return self.directives.get("databases", "")

    @property
    def since(self) -> str:
        """The dbos version that the file needs, where it is later than its page's."""
        return self.directives.get("since", "")

    @property
    def own_database(self) -> str:
        """Why the file uses databases of its own alone, or an empty string."""
        kind, _, reason = self.directives.get("database", "").partition(" - ")
        return reason if kind == "own" else ""

    @property
    def needs(self) -> str:
        """The only database that shows the behaviour, or an empty string for both."""
        return self.directives.get("needs", "").partition(" ")[0]

    @property
    def is_recorded(self) -> bool:
        """Whether the output lives in the `.out` file rather than in `#>` lines."""
        return self.expect in ("raises", "crash") or bool(self.databases_differ)

    @cached_property
    def printed(self) -> list[str]:
        """The outputs written as `#>` lines, in source order."""
        found = (OUTPUT.match(line) for line in self.lines)
        return [match["text"] for match in found if match]

    @cached_property
    def regions(self) -> dict[str, tuple[int, int]]:
        """Region name to its first and last line (1-based, markers excluded)."""
        starts: dict[str, int] = {}
        spans: dict[str, tuple[int, int]] = {}
        for number, line in enumerate(self.lines, 1):
            if match := REGION.match(line):
                name = match["name"]
                if match["edge"] == "start":
                    starts[name] = number + 1
                elif name in starts:
                    spans[name] = (starts[name], number - 1)
        return spans

    def region(self, name: str) -> str:
        """The region's lines, without markers and without common indentation.

        Args:
            name: One of `regions`.

        Raises:
            KeyError: The file has no such region.
        """
        first, last = self.regions[name]
        lines = self.lines[first - 1 : last]
        code = "\n".join(line for line in lines if not REGION.match(line))
        return dedent(code).strip()

    @property
    def whole_file(self) -> str:
        """The program as a reader saves it: without the site's own markers."""
        text = "\n".join(line for line in self.lines if not REGION.match(line))
        return re.sub(r"\n{4,}", "\n\n\n", text).strip() + "\n"

    @property
    def recorded(self) -> str:
        """What the `.out` file holds, or an empty string where there is none."""
        return self.recording.read_text("utf-8") if self.recording.exists() else ""

    @property
    def output(self) -> str:
        """The recorded output, with the command that gives it."""
        if self.is_recorded:
            return self.recorded.strip()
        return "\n".join([f"$ python {self.path.name}", *self.printed])

    @property
    def evidence(self) -> list[str]:
        """What the program itself printed, without the harness's notes on a crash."""
        if not self.is_recorded:
            return self.printed
        return _without_notes(self.recorded)

    def evidence_on(self, database: str) -> list[str]:
        """What the program printed there.

        Args:
            database: A key of DATABASES.
        """
        path = self.recording_on(database)
        if not self.databases_differ or not path.exists():
            return self.evidence
        return _without_notes(path.read_text("utf-8"))

    @property
    def outside_regions(self) -> list[str]:
        """The lines that a twin has to share.

        The docstring, directives and recorded outputs are what makes twins differ, so
        they are left out, like the regions themselves and blank lines.
        """
        inside = {
            number
            for first, last in self.regions.values()
            for number in range(first, last + 1)
        }
        return [
            line
            for number, line in enumerate(self.lines, 1)
            if number not in inside
            and number != 1
            and line.strip()
            and not DIRECTIVE.match(line)
            and not OUTPUT.match(line)
        ]


def _without_notes(transcript: str) -> list[str]:
    lines = transcript.splitlines()
    return [line for line in lines if not line.startswith(("$ ", "# "))]


@dataclass(frozen=True)
class Check:
    """One check of a rule: what it looks for, and what it says.

    `pattern` holds ast-grep's keys `rule` and `constraints`; `also` are
    the further files that it finds, as `cases` or `queue-basics/cases`. `line` is its
    place in the data file.
    """

    id: str
    path: Path
    line: int
    severity: str
    message: str
    pattern: Mapping[str, Any]
    also: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The id of the rule whose violation it finds."""
        return self.id.partition("/")[0]

    @property
    def found(self) -> tuple[str, ...]:
        """What it reports, its own file first: `queue-basics/incorrect`."""
        slug = self.id.partition("/")[2].replace("-", "_")
        own = f"incorrect_{slug}" if slug else "incorrect"
        names = (own, *self.also)
        return tuple(n if "/" in n else f"{self.rule}/{n}" for n in names)

    @cached_property
    def shown(self) -> str:
        """Id and pattern as YAML, for readers."""
        return yaml.dump(
            {"id": self.id, **self.pattern},
            Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
            default_flow_style=None,
            sort_keys=False,
            allow_unicode=True,
            width=88,
        ).strip()


@dataclass(frozen=True)
class Utility:
    """A pattern that checks and other utilities name with `matches`."""

    id: str
    path: Path
    line: int
    rule: Mapping[str, Any]


@dataclass(frozen=True)
class Page(Generic[Meta]):
    """A Markdown file with front matter."""

    path: Path
    meta: Meta
    meta_lines: dict[str, int]
    body: str
    body_line: int

    @property
    def title(self) -> str:
        """The title in the front matter, which equals the H1."""
        return self.meta.title

    @property
    def description(self) -> str:
        """One sentence for the lead, tables and the meta description."""
        return self.meta.description

    @property
    def impact(self) -> str:
        """One of IMPACTS."""
        return self.meta.impact

    @property
    def impact_label(self) -> str:
        """The impact as the priority table writes it: `LOW-MEDIUM`."""
        return self.impact.upper()


@dataclass(frozen=True)
class Category(Page[CategoryMeta]):
    """One of the nine categories; its facts live in its page's front matter."""

    @property
    def slug(self) -> str:
        """The folder name under docs/categories."""
        return self.path.parent.name

    @property
    def prefix(self) -> str:
        """What the ids of its rules begin with, without the hyphen."""
        return self.meta.prefix

    @property
    def priority(self) -> int:
        """1 for the category to read first."""
        return self.meta.priority


@dataclass(frozen=True)
class Rule(Page[RuleMeta]):
    """One rule: its page, its snippets, and the checks that find its violations."""

    snippets: tuple[Snippet, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def cases(self) -> list[Snippet]:
        """Its files of cases, those that differ between the databases last."""
        found = [file for file in self.snippets if file.kind == "cases"]
        return sorted(found, key=lambda file: (bool(file.databases_differ), file.name))

    @cached_property
    def id(self) -> str:
        """The rule's only name: page, folder, address and citation."""
        return self.path.stem

    @property
    def prefix(self) -> str:
        """The category's prefix."""
        return self.id.partition("-")[0]

    @property
    def is_retired(self) -> bool:
        """Whether the rule is kept for those who have its address, and no advice."""
        return self.meta.status == "retired"

    @property
    def order(self) -> tuple[int, str]:
        """Sort key inside a category: impact, then title."""
        return IMPACTS.index(self.meta.impact), self.title

    def twin(self, snippet: Snippet) -> Snippet:
        """The other side of a pair; several wrong ways may share one right way.

        Args:
            snippet: An incorrect file of the rule, or a correct one.

        Raises:
            KeyError: It has no other side.
        """
        by_name = {file.name: file for file in self.snippets}
        if snippet.kind == "incorrect":
            return by_name.get(snippet.twin_name) or by_name["correct"]
        if own := by_name.get(f"in{snippet.name}"):
            return own
        for file in self.snippets:
            if file.kind == "incorrect" and self.twin(file) == snippet:
                return file
        raise KeyError(f"snippets/{self.id}/in{snippet.name}.py")

    def snippet(self, name: str) -> Snippet:
        """The snippet with that file name.

        Args:
            name: File name without `.py`.

        Raises:
            KeyError: The rule has no such file.
        """
        for snippet in self.snippets:
            if snippet.name == name:
                return snippet
        raise KeyError(f"snippets/{self.id}/{name}.py")


# Equal to itself alone: what is made of a catalogue can be kept by it.
@dataclass(frozen=True, eq=False)
class Catalog:
    """Every category and rule, in the order in which the site shows them.

    `rules` are those that hold; `retired` ones have a page and are listed nowhere.
    """

    root: Path
    categories: tuple[Category, ...]
    rules: tuple[Rule, ...]
    retired: tuple[Rule, ...] = ()
    guides: tuple[Snippet, ...] = ()
    #: What checks share, by its id.
    utilities: Mapping[str, Utility] = field(default_factory=dict)
    #: Those of rules whose front matter cannot be used yet.
    loose: tuple[Snippet, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """All rules that have a page, the retired ones last."""
        return self.rules + self.retired

    @property
    def aliases(self) -> dict[str, Rule]:
        """Each former id, with the rule that has it now."""
        return {alias: rule for rule in self.every_rule for alias in rule.meta.aliases}

    @property
    def checks(self) -> list[Check]:
        """Every check of the rules that hold."""
        return [check for rule in self.rules for check in rule.checks]

    @property
    def snippets(self) -> list[Snippet]:
        """Every snippet, the rules' first."""
        return [
            *(snippet for rule in self.every_rule for snippet in rule.snippets),
            *self.guides,
            *self.loose,
        ]

    def snippet(self, path: str) -> Snippet:
        """The snippet that a page includes.

        Args:
            path: As pages write it: `snippets/step-basics/correct.py`.

        Raises:
            KeyError: There is no such snippet.
        """
        return self._snippets_by_path[self.root / path]

    @cached_property
    def _snippets_by_path(self) -> dict[Path, Snippet]:
        return {snippet.path: snippet for snippet in self.snippets}

    def rules_of(self, category: Category) -> list[Rule]:
        """The category's rules, by impact and then by title.

        Args:
            category: One of `categories`.
        """
        return [rule for rule in self.rules if rule.prefix == category.prefix]

    def category_of(self, rule: Rule) -> Category:
        """The category that the rule's prefix names.

        Args:
            rule: One of `rules`.

        Raises:
            KeyError: No category has that prefix.
        """
        return {category.prefix: category for category in self.categories}[rule.prefix]

    def rule(self, rule_id: str) -> Rule:
        """The rule with that id, retired or not.

        Args:
            rule_id: For example `queue-concurrency`.

        Raises:
            KeyError: There is no such rule.
        """
        return self._rules_by_id[rule_id]

    @property
    def ids(self) -> Collection[str]:
        """The ids of all rules that hold."""
        return [rule.id for rule in self.rules]

    @cached_property
    def _rules_by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.every_rule}

    def related(self, rule: Rule) -> list[Rule]:
        """Rules that this one names and rules that name this one, in site order.

        Args:
            rule: One of `rules`.
        """
        named = set(rule.meta.related)
        return [
            other
            for other in self.rules
            if other.id in named or rule.id in other.meta.related
        ]

"""The rule catalogue: pages, front matter and snippet files, read and checked.

Pure: it reads files and returns values. It knows nothing about MkDocs or pytest, so
the site, the tests and the exports all see the same catalogue.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import timeline
import yaml

IMPACTS = ("critical", "high", "medium", "low-medium", "low")
TAGS = (
    "async",
    "client",
    "concurrency",
    "configuration",
    "database",
    "determinism",
    "errors",
    "events",
    "fastapi",
    "idempotency",
    "launch",
    "messages",
    "observability",
    "queues",
    "recovery",
    "retries",
    "scheduling",
    "serialization",
    "side-effects",
    "testing",
    "timeouts",
    "transactions",
    "upgrading",
    "versioning",
)
#: The databases every snippet runs on; tests compare the version with the server's.
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL 18"}

RULE_KEYS = (
    "title",
    "description",
    "impact",
    "tags",
    "since",
    "keywords",
    "errors",
    "related",
)
#: The safe loader, in C where libyaml is there: ten times as fast.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CATEGORY_KEYS = ("title", "description", "impact", "priority", "prefix")
HEADINGS = ("Incorrect", "Correct", "Variants", "Why", "When not to", "References")
OPTIONAL_HEADINGS = {"Variants"}
EXPECTATIONS = ("ok", "raises", "wrong", "crash")

TITLE_LENGTH = 60
DESCRIPTION_LENGTH = 160
PROSE_WORDS = (150, 350)
REGION_LINES = 20
FILE_LINES = 80
LINE_LENGTH = 88

RULE_ID = re.compile(r"^([a-z]+)-[a-z0-9]+(-[a-z0-9]+){0,3}$")
FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
FENCE = re.compile(r"^(?P<indent> *)(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
INCLUDE = re.compile(r'^ *--8<-- "(?P<path>[^":]+)(:(?P<region>[^"]+))?"$')
REGION = re.compile(r"^ *# --8<-- \[(?P<edge>start|end):(?P<name>[a-z-]+)\]$")
DIRECTIVE = re.compile(
    r"^# (?P<name>expect|needs|differs|once|since|types): (?P<value>.+)$"
)
OUTPUT = re.compile(r"^ *#> ?(?P<text>.*)$")
SNIPPET_NAME = re.compile(r"^(incorrect|correct|demo)(_[a-z0-9_]+)?$")
#: Words that claim ease instead of showing it; see docs/contributing.md.
BANNED_WORDS = re.compile(r"\b(simply|just|easy|easily|TODO)\b", re.IGNORECASE)


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
    def kind(self) -> str:
        """`incorrect`, `correct` or `demo`; a guide's programs are demos."""
        kind = self.name.partition("_")[0]
        return kind if kind in ("incorrect", "correct") else "demo"

    @property
    def twin_name(self) -> str:
        """The file that an incorrect one is compared with, or else `correct`."""
        return self.name.removeprefix("in")

    @property
    def recording(self) -> Path:
        """Where the output is kept that cannot stand beside a `print`."""
        return self.path.with_suffix(".out")

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines, without line ends."""
        return self.source.splitlines()

    @cached_property
    def directives(self) -> dict[str, str]:
        """What the file declares: `expect`, `needs` and the others, by name."""
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
    def needs(self) -> str:
        """The only database that shows the behaviour, or an empty string for both."""
        return self.directives.get("needs", "").partition(" ")[0]

    @property
    def since(self) -> str:
        """The first dbos version that shows it, or an empty string for its page's."""
        return self.directives.get("since", "")

    @property
    def is_recorded(self) -> bool:
        """Whether the output lives in the `.out` file rather than in `#>` lines."""
        return self.expect in ("raises", "crash")

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


@dataclass(frozen=True)
class Page:
    """A Markdown file with front matter."""

    path: Path
    meta: dict[str, Any]
    meta_lines: dict[str, int]
    body: str
    body_line: int

    @property
    def title(self) -> str:
        """The title in the front matter, which equals the H1."""
        return str(self.meta.get("title", ""))

    @property
    def description(self) -> str:
        """One sentence for the lead, tables and the meta description."""
        return str(self.meta.get("description", ""))

    @property
    def impact(self) -> str:
        """One of IMPACTS."""
        return str(self.meta.get("impact", ""))

    @property
    def impact_label(self) -> str:
        """The impact as the priority table writes it: `LOW-MEDIUM`."""
        return self.impact.upper()


@dataclass(frozen=True)
class Category(Page):
    """One of the nine categories; its facts live in its page's front matter."""

    @property
    def slug(self) -> str:
        """The folder name under docs/categories."""
        return self.path.parent.name

    @property
    def prefix(self) -> str:
        """What the ids of its rules begin with, without the hyphen."""
        return str(self.meta["prefix"])

    @property
    def priority(self) -> int:
        """1 for the category to read first."""
        return int(self.meta["priority"])


@dataclass(frozen=True)
class Rule(Page):
    """One rule: its page and its snippets."""

    snippets: tuple[Snippet, ...] = ()

    @cached_property
    def id(self) -> str:
        """The rule's only name: page, folder, address and citation."""
        return self.path.stem

    @property
    def prefix(self) -> str:
        """The category's prefix."""
        return self.id.partition("-")[0]

    @property
    def order(self) -> tuple[int, str]:
        """Sort key inside a category: impact, then title."""
        return IMPACTS.index(self.impact), self.title

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


@dataclass(frozen=True)
class Catalog:
    """Every category and rule, in the order in which the site shows them."""

    root: Path
    categories: tuple[Category, ...]
    rules: tuple[Rule, ...]
    guides: tuple[Snippet, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def snippets(self) -> list[Snippet]:
        """Every snippet, the rules' first."""
        return [
            *(snippet for rule in self.rules for snippet in rule.snippets),
            *self.guides,
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
        """The rule with that id.

        Args:
            rule_id: For example `queue-concurrency`.

        Raises:
            KeyError: There is no such rule.
        """
        return self._rules_by_id[rule_id]

    @cached_property
    def _rules_by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def related(self, rule: Rule) -> list[Rule]:
        """Rules that this one names and rules that name this one, in site order.

        Args:
            rule: One of `rules`.
        """
        named = set(rule.meta["related"])
        return [
            other
            for other in self.rules
            if other.id in named or rule.id in other.meta["related"]
        ]


def load(root: Path) -> Catalog:
    """Reads the catalogue and insists that it is sound.

    Args:
        root: The repository's top folder.

    Raises:
        CatalogError: Something is wrong; the text lists file, line and remedy.
    """
    catalog = read(root)
    if catalog.problems:
        raise CatalogError("\n".join(map(str, catalog.problems)))
    return catalog


def read(root: Path, only: str = "*") -> Catalog:
    """Reads the catalogue and collects all that is wrong with it.

    A page whose front matter cannot be used is left out of the result, with a problem.

    Args:
        root: The repository's top folder.
        only: The id of one rule, to read and check no other.
    """
    reader = _Reader(root)
    categories = tuple(
        sorted(
            (
                category
                for path in sorted(root.glob("docs/categories/*/index.md"))
                if (category := reader.category(path))
            ),
            key=lambda category: category.priority,
        )
    )
    order = [category.prefix for category in categories]
    rules = tuple(
        sorted(
            (
                rule
                for path in sorted(root.glob(f"docs/rules/{only}.md"))
                if path.name != "index.md" and (rule := reader.rule(path, order))
            ),
            key=lambda rule: (order.index(rule.prefix), rule.order),
        )
    )
    guides = reader.guides()
    reader.check_across(rules)
    return Catalog(root, categories, rules, guides, tuple(sorted(reader.problems)))


class _Reader:
    """Reads single files and notes what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def problem(self, path: Path, line: int, message: str, remedy: str) -> None:
        name = path.relative_to(self.root).as_posix()
        self.problems.append(Problem(name, line, message, remedy))

    def page(self, path: Path, keys: tuple[str, ...]) -> Page | None:
        """The page, or None when its front matter cannot be used."""
        text = path.read_text("utf-8")
        match = FRONT_MATTER.match(text)
        if not match:
            self.problem(
                path, 1, "no front matter.", "Begin the file with a --- block."
            )
            return None
        try:
            meta = yaml.load(match[1], YAML_LOADER)
            node = yaml.compose(match[1], YAML_LOADER)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = 2 + mark.line if mark else 1
            self.problem(path, line, "front matter is not YAML.", str(error))
            return None
        if not isinstance(meta, dict) or not isinstance(node, yaml.MappingNode):
            self.problem(path, 2, "front matter is no mapping.", "Write `key: value`.")
            return None
        lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
        before = len(self.problems)
        for key in keys:
            if meta.get(key) is None:
                self.problem(
                    path, 1, f"front matter has no {key}.", f"Add `{key}:` to it."
                )
        for key in meta:
            if key not in keys:
                self.problem(
                    path,
                    lines[key],
                    f"unknown front-matter key {key}.",
                    f"Known keys: {', '.join(keys)}.",
                )
        if meta.get("impact") is not None and meta["impact"] not in IMPACTS:
            self.problem(
                path,
                lines["impact"],
                f"unknown impact {meta['impact']!r}.",
                f"Use one of: {', '.join(IMPACTS)}.",
            )
        if len(self.problems) > before:
            return None
        body = text[match.end() :]
        body_line = text[: match.end()].count("\n") + 1
        page = Page(path, meta, lines, body, body_line)
        self.check_text(page)
        return page

    def check_text(self, page: Page) -> None:
        """Title, H1 and description: the same limits for every page."""
        path, lines = page.path, page.meta_lines
        if len(page.title) > TITLE_LENGTH:
            self.problem(
                path,
                lines["title"],
                f"title has {len(page.title)} characters.",
                f"Shorten it to {TITLE_LENGTH}.",
            )
        if len(page.description) > DESCRIPTION_LENGTH:
            self.problem(
                path,
                lines["description"],
                f"description has {len(page.description)} characters.",
                f"Shorten it to {DESCRIPTION_LENGTH}.",
            )
        if not page.description.endswith("."):
            self.problem(
                path,
                lines["description"],
                "description is no sentence.",
                "End it with a full stop.",
            )
        h1 = [text for level, text, _ in headings(page) if level == 1]
        if h1 != [page.title]:
            self.problem(
                path,
                page.body_line,
                f"the H1 {h1} is not the title {page.title!r}.",
                "Write one H1, equal to the title.",
            )

    def category(self, path: Path) -> Category | None:
        page = self.page(path, CATEGORY_KEYS)
        if page is None:
            return None
        return Category(
            page.path, page.meta, page.meta_lines, page.body, page.body_line
        )

    def rule(self, path: Path, prefixes: list[str]) -> Rule | None:
        rule_id = path.stem
        match = RULE_ID.match(rule_id)
        if not match or match[1] not in prefixes:
            self.problem(
                path,
                1,
                f"{rule_id!r} is no rule id.",
                f"Name it <prefix>-<slug>; prefixes: {', '.join(prefixes)}.",
            )
            return None
        folder = self.root / "snippets" / rule_id
        snippets = tuple(
            Snippet(rule_id, file, file.read_text("utf-8"))
            for file in sorted(folder.glob("*.py"))
        )
        if not snippets:
            self.problem(
                path,
                1,
                "the rule has no snippets.",
                f"Add snippets/{rule_id}/incorrect.py and correct.py.",
            )
        for snippet in snippets:
            self.check_snippet(snippet)
        self.check_pairs(snippets)
        page = self.page(path, RULE_KEYS)
        if page is None:
            return None
        rule = Rule(
            page.path, page.meta, page.meta_lines, page.body, page.body_line, snippets
        )
        self.check_rule(rule)
        return rule

    def guides(self) -> tuple[Snippet, ...]:
        """The programs of pages that are no rules."""
        pages = "".join(path.read_text("utf-8") for path in self.root.glob("docs/*.md"))
        snippets = tuple(
            Snippet(file.parent.name, file, file.read_text("utf-8"))
            for file in sorted(self.root.glob("snippets/_*/*.py"))
        )
        for snippet in snippets:
            self.check_snippet(snippet)
            name = snippet.path.relative_to(self.root).as_posix()
            for region, (line, _) in snippet.regions.items():
                if f'"{name}:{region}"' not in pages:
                    self.problem(
                        snippet.path,
                        line - 1,
                        f"no page uses region {region!r}.",
                        "Include it in a page in docs/ or remove it.",
                    )
        return snippets

    def check_rule(self, rule: Rule) -> None:
        path, lines = rule.path, rule.meta_lines
        for key in ("tags", "keywords", "errors", "related"):
            value = rule.meta[key]
            if not isinstance(value, list) or not all(
                isinstance(entry, str) for entry in value
            ):
                self.problem(
                    path,
                    lines[key],
                    f"{key} is no list of texts.",
                    f"Write `{key}: [a, b]`, or `[]`.",
                )
                rule.meta[key] = []
        for tag in rule.meta["tags"]:
            if tag not in TAGS:
                self.problem(
                    path,
                    lines["tags"],
                    f"unknown tag {tag!r}.",
                    f"Use some of: {', '.join(TAGS)}; new ones go into catalog.py.",
                )
        for key in ("tags", "keywords"):
            if not rule.meta[key]:
                self.problem(path, lines[key], f"{key} is empty.", "Name at least one.")
        if not re.fullmatch(r"\d+\.\d+", str(rule.meta["since"])):
            self.problem(
                path,
                lines["since"],
                f"since is {rule.meta['since']!r}.",
                'Write the first dbos version, as in "3.0".',
            )
        self.check_headings(rule)
        self.check_prose(rule)
        self.check_includes(rule)

    def check_headings(self, rule: Rule) -> None:
        found = [(text, line) for level, text, line in headings(rule) if level == 2]
        names = [text for text, _ in found]
        for name, line in found:
            if name not in HEADINGS:
                self.problem(
                    rule.path,
                    line,
                    f"unknown heading {name!r}.",
                    f"Use, in this order: {', '.join(HEADINGS)}.",
                )
        for name in HEADINGS:
            if name not in names and name not in OPTIONAL_HEADINGS:
                self.problem(
                    rule.path,
                    rule.body_line,
                    f"heading {name!r} is missing.",
                    f"Use, in this order: {', '.join(HEADINGS)}.",
                )
        known = [name for name in names if name in HEADINGS]
        if known != [name for name in HEADINGS if name in known]:
            self.problem(
                rule.path,
                found[0][1],
                "headings are out of order or repeated.",
                f"Use, in this order: {', '.join(HEADINGS)}.",
            )

    def check_prose(self, rule: Rule) -> None:
        words = 0
        section = ""
        for line, number, fenced in body_lines(rule):
            if line.startswith("#") and not fenced:
                section = line.lstrip("# ")
                continue
            if fenced:
                continue
            if match := BANNED_WORDS.search(line):
                self.problem(
                    rule.path,
                    number,
                    f"the text says {match[0]!r}.",
                    "Say what to do and what happens instead.",
                )
            if section != "References":
                words += len(line.split())
        low, high = PROSE_WORDS
        if not low <= words <= high:
            self.problem(
                rule.path,
                rule.body_line,
                f"the page has {words} words of prose.",
                f"Write {low} to {high}, without headings and References.",
            )

    def check_includes(self, rule: Rule) -> None:
        """Python comes from snippet files only, and every file and region is shown."""
        used: dict[str, set[str]] = {}
        fence_info = ""
        blank_before = True
        for line, number, fenced in body_lines(rule):
            fence = FENCE.match(line)
            include = INCLUDE.match(line)
            if fence and not fenced:
                fence_info = fence["info"].strip().lower()
            elif fenced and include:
                self.check_include(rule, number, include, used)
            elif fenced and not fence and _may_be_python(fence_info):
                self.problem(
                    rule.path,
                    number,
                    "Python is typed into the page.",
                    f"Move it to snippets/{rule.id}/ and include it with --8<--.",
                )
            elif not fenced and blank_before and re.match(r" {4}\S|\t", line):
                self.problem(
                    rule.path,
                    number,
                    "an indented code block.",
                    "Include a snippet file in a fenced block.",
                )
            elif not fenced and re.search(r"<(pre|code)\b", line):
                self.problem(
                    rule.path,
                    number,
                    "code written as HTML.",
                    "Include a snippet file in a fenced block.",
                )
            blank_before = not line.strip()
        for snippet in rule.snippets:
            for region in sorted(set(snippet.regions) - used.get(snippet.name, set())):
                self.problem(
                    snippet.path,
                    snippet.regions[region][0] - 1,
                    f"no page uses region {region!r}.",
                    f"Include it in docs/rules/{rule.id}.md or remove it.",
                )

    def check_include(
        self,
        rule: Rule,
        number: int,
        include: re.Match[str],
        used: dict[str, set[str]],
    ) -> None:
        target = self.root / include["path"]
        own = {snippet.path: snippet for snippet in rule.snippets}
        snippet = own.get(target)
        if snippet is None:
            self.problem(
                rule.path,
                number,
                f"{include['path']} is no snippet of this rule.",
                f"Include a file of snippets/{rule.id}/.",
            )
        elif include["region"] not in snippet.regions:
            self.problem(
                rule.path,
                number,
                f"{include['path']} has no region {include['region']!r}.",
                f"Its regions: {', '.join(snippet.regions) or 'none'}.",
            )
        else:
            used.setdefault(snippet.name, set()).add(include["region"])

    def check_snippet(self, snippet: Snippet) -> None:
        path = snippet.path

        def problem(line: int, message: str, remedy: str) -> None:
            self.problem(path, line, message, remedy)

        is_guide = snippet.rule.startswith("_")
        if not is_guide and not SNIPPET_NAME.match(snippet.name):
            problem(
                1,
                f"{path.name} is no snippet name.",
                "Use incorrect, correct or demo, with an optional _slug.",
            )
        if not re.match(r'"""[^"\n]+\."""$', snippet.lines[0] if snippet.lines else ""):
            problem(
                1,
                "line 1 is no one-line docstring.",
                'Write """One sentence that says what it shows.""".',
            )
        if snippet.expect not in EXPECTATIONS:
            problem(
                1,
                "no valid # expect: directive.",
                f"Use one of: {', '.join(EXPECTATIONS)}.",
            )
        elif bool(snippet.exception) != (snippet.expect == "raises"):
            problem(
                2,
                f"# expect: {snippet.directives['expect']} is not understood.",
                "Only `raises` takes a name: # expect: raises ValueError.",
            )
        elif snippet.kind == "incorrect" and snippet.expect == "ok":
            problem(
                2,
                "an incorrect file that ends well.",
                "Expect raises, wrong or crash, or call it demo_<slug>.py.",
            )
        elif snippet.kind != "incorrect" and snippet.expect in ("raises", "wrong"):
            problem(
                2,
                f"a {snippet.kind} file that expects {snippet.expect}.",
                "Expect ok or crash, or call it incorrect.",
            )
        if snippet.needs and (
            snippet.needs not in DATABASES or " - " not in snippet.directives["needs"]
        ):
            problem(
                2,
                f"# needs: {snippet.directives['needs']} is not understood.",
                "Write `# needs: postgres - why`, or sqlite.",
            )
        if snippet.is_recorded and snippet.printed:
            problem(
                1,
                f"#> lines in a file that expects {snippet.expect}.",
                "Remove them: its output is recorded in the .out file.",
            )
        if not snippet.is_recorded and not snippet.printed:
            problem(
                1,
                "the file shows no output.",
                "Print the evidence; pytest --update-examples adds the #> lines.",
            )
        if snippet.recording.exists() != snippet.is_recorded:
            problem(
                1,
                f"{snippet.recording.name} "
                + ("is missing." if snippet.is_recorded else "is not used."),
                "Run pytest --update-examples, or delete the file.",
            )
        elif snippet.expect == "crash":
            try:
                timeline.parse(snippet.recording.read_text("utf-8"))
            except timeline.TranscriptError as error:
                self.problem(snippet.recording, error.line, error.message, error.remedy)
        if len(snippet.lines) > FILE_LINES:
            problem(
                FILE_LINES,
                f"the file has {len(snippet.lines)} lines.",
                f"Keep it to {FILE_LINES}.",
            )
        for number, line in enumerate(snippet.lines, 1):
            if len(line) > LINE_LENGTH:
                problem(number, "the line is too long.", f"Keep it to {LINE_LENGTH}.")
            if re.search(r"#.*\b(noqa|type: ignore|pyrefly: ignore)\b", line):
                problem(number, "a waiver in a snippet.", "Mend the code instead.")
            if re.search(r"\bTODO\b", line):
                problem(number, "a TODO.", "Write what belongs there.")
            if line.strip() == "'''":
                problem(
                    number,
                    "an output too long for one #> line.",
                    "Print less, or in several lines.",
                )
        self.check_regions(snippet)

    def check_regions(self, snippet: Snippet) -> None:
        edges = [
            (match["name"], match["edge"], number)
            for number, line in enumerate(snippet.lines, 1)
            if (match := REGION.match(line))
        ]
        for name in sorted({name for name, _, _ in edges} | {"rule"}):
            order = [edge for other, edge, _ in edges if other == name]
            if order != ["start", "end"]:
                line = next((at for other, _, at in edges if other == name), 1)
                self.problem(
                    snippet.path,
                    line,
                    f"region {name!r} has the markers {order}.",
                    "Write one start and one end marker.",
                )
        for name, (first, last) in snippet.regions.items():
            code = [
                line
                for line in snippet.lines[first - 1 : last]
                if line.strip() and not REGION.match(line)
            ]
            if not 1 <= len(code) <= REGION_LINES:
                self.problem(
                    snippet.path,
                    first,
                    f"region {name!r} has {len(code)} lines of code.",
                    f"Show 1 to {REGION_LINES}.",
                )

    def check_pairs(self, snippets: tuple[Snippet, ...]) -> None:
        """Twins are the same but for what the page shows, and end differently."""
        by_name = {snippet.name: snippet for snippet in snippets}
        for wrong in snippets:
            if wrong.kind != "incorrect":
                continue
            # Several wrong ways may share one right way.
            right = by_name.get(wrong.twin_name) or by_name.get("correct")
            if right is None:
                self.problem(
                    wrong.path,
                    1,
                    "no correct twin beside it.",
                    "Write the correct twin, or call this one demo_<slug>.py.",
                )
                continue
            self.check_pair(wrong, right)

    def check_pair(self, wrong: Snippet, right: Snippet) -> None:
        same = wrong.outside_regions == right.outside_regions
        explained = "differs" in wrong.directives
        if not same and not explained:
            line = next(
                (
                    ours
                    for ours, theirs in zip(
                        wrong.outside_regions, right.outside_regions, strict=False
                    )
                    if ours != theirs
                ),
                "the longer file's end",
            )
            self.problem(
                wrong.path,
                wrong.lines.index(line) + 1 if line in wrong.lines else 1,
                f"differs from {right.path.name} outside the regions.",
                "Move the difference into the region, or say `# differs: why`.",
            )
        if same and explained:
            self.problem(
                wrong.path,
                2,
                f"# differs: but it is the same as {right.path.name}.",
                "Remove the directive.",
            )
        if evidence(wrong) and evidence(wrong) == evidence(right):
            self.problem(
                wrong.path,
                1,
                f"prints the same as {right.path.name}.",
                "Print the evidence of what goes wrong, or call it demo_<slug>.py.",
            )

    def check_across(self, rules: tuple[Rule, ...]) -> None:
        ids = {path.stem for path in self.root.glob("docs/rules/*.md")}
        titles: dict[str, Rule] = {}
        for rule in rules:
            for other in rule.meta["related"]:
                if other not in ids or other == rule.id:
                    self.problem(
                        rule.path,
                        rule.meta_lines["related"],
                        f"related rule {other!r} does not exist.",
                        "Name another rule's id.",
                    )
            if rule.title in titles:
                self.problem(
                    rule.path,
                    rule.meta_lines["title"],
                    f"title of {titles[rule.title].id} too.",
                    "Say what is special about this rule.",
                )
            titles[rule.title] = rule
        for folder in sorted(self.root.glob("snippets/*/")):
            files = [file for file in folder.iterdir() if file.name != "__pycache__"]
            is_guide = folder.name.startswith("_")
            if folder.name not in ids and files and not is_guide:
                self.problem(
                    folder,
                    1,
                    "snippets without a page.",
                    f"Write docs/rules/{folder.name}.md or remove the folder.",
                )
            for file in files:
                if file.suffix not in (".py", ".out") or (
                    file.suffix == ".out" and not file.with_suffix(".py").exists()
                ):
                    self.problem(file, 1, "belongs to no snippet.", "Remove the file.")


def headings(page: Page) -> list[tuple[int, str, int]]:
    """Level, text and line of every heading outside code blocks.

    Args:
        page: Any page.
    """
    return [
        (len(match[1]), match[2].strip(), number)
        for line, number, fenced in body_lines(page)
        if not fenced and (match := re.match(r"(#{1,6}) (.*)", line))
    ]


def body_lines(page: Page) -> list[tuple[str, int, bool]]:
    """Text, line number in the file, and whether the line is part of a code block.

    The fence that opens a block does not count as part of it, the one that closes it
    does.

    Args:
        page: Any page.
    """
    result = []
    mark = ""
    for number, line in enumerate(page.body.splitlines(), page.body_line):
        match = FENCE.match(line)
        result.append((line, number, bool(mark)))
        if match and not mark:
            mark = match["mark"]
        elif match and match["mark"].startswith(mark) and not match["info"].strip():
            mark = ""
    return result


def evidence(snippet: Snippet) -> list[str]:
    """What the program itself printed, without the harness's notes on a crash.

    Args:
        snippet: A file whose output is recorded, inline or beside it.
    """
    if not snippet.is_recorded:
        return snippet.printed
    if not snippet.recording.exists():
        return []
    return [
        line
        for line in snippet.recording.read_text("utf-8").splitlines()
        if not line.startswith(("$ ", "# "))
    ]


def _may_be_python(info: str) -> bool:
    """Whether a block with this info string could show Python to a reader."""
    language = info.strip("{} ").lstrip(".").split(" ")[0]
    return language not in ("console", "text", "toml", "yaml", "sql", "ini")

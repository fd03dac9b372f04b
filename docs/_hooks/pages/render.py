"""Turns a page's source into complete, portable Markdown.

This is the one place where snippets are inlined and headers, proofs and lists are
filled in. Its result needs no hook and no MkDocs: any Markdown builder with fenced
blocks, attribute lists and Markdown in HTML shows it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from book.cases import Case, cases_of
from book.markdown import FENCE, INCLUDE, blocks, fence
from book.model import Catalog, Category, Rule, Snippet
from book.vocabulary import DATABASES
from pages import lists, terms, timeline
from pages.marks import differing

MARKER = re.compile(
    r"^<!-- catalog: (?P<list>[a-z]+)( (?P<rule>[a-z0-9-]+))? -->$", re.MULTILINE
)
#: How a reader is told what a file's run showed: label, then one sentence.
PROOFS = {
    ("incorrect", "raises"): ("Fails", "It raises `{exception}`."),
    ("incorrect", "wrong"): ("Wrong", "It ends without an error. The result is wrong."),
    ("incorrect", "crash"): (
        "Unsafe",
        "The process kills itself, is started again and recovers. The result is wrong.",
    ),
    ("correct", "ok"): ("Works", "It ends well."),
    ("correct", "crash"): (
        "Safe",
        "The process kills itself, is started again and recovers.",
    ),
    ("cases", "ok"): ("Cases", "It ends well."),
    ("cases", "crash"): (
        "Cases",
        "The process kills itself, is started again and recovers.",
    ),
    ("demo", "ok"): ("Shown", "It ends well."),
    ("demo", "crash"): (
        "Shown",
        "The process kills itself, is started again and recovers.",
    ),
}
#: The same words, where all rules are listed.
FAILURE_WORDS = {
    expect: PROOFS["incorrect", expect][0] for expect in lists.FAILURES
} | {"shown": PROOFS["demo", "ok"][0]}


#: Gives the Markdown that shows a whole file.
Listing = Callable[[Snippet], str]


@dataclass(frozen=True)
class Style:
    """How an edition of a page shows what is not prose; a part may be left out as "".

    Args:
        code: Gets a snippet, the block that includes it, and whether its file was shown
            before.
        proof: Stands below the last block of a snippet.
        text: Gets what stands between code blocks.
    """

    code: Callable[[Snippet, str, bool], str]
    proof: Callable[[Snippet], str]
    text: Callable[[str], str] = str


class MissingError(LookupError):
    """A page asks for what is not there.

    Args:
        asked: What asks for it, as a line of the page has it.
        message: What is wrong.
        remedy: What to do about it.
    """

    def __init__(self, asked: str, message: str, remedy: str) -> None:
        super().__init__(f"{asked.strip()}: {message} {remedy}")
        self.asked = asked

    def at(self, name: str, path: Path) -> str:
        """The text with file and line.

        Args:
            name: The file, as messages name it.
            path: Where it is.
        """
        lines = path.read_text("utf-8").splitlines()
        found = (n for n, line in enumerate(lines, 1) if self.asked in line)
        return f"{name}:{next(found, 1)}: {self}"


@dataclass(frozen=True)
class Facts:
    """What pages say about the environment they were checked in."""

    dbos_version: str
    repo_url: str = ""

    @property
    def checked(self) -> str:
        """`dbos 3.4.0 on SQLite and PostgreSQL 18`."""
        return f"dbos {self.dbos_version} on {' and '.join(DATABASES.values())}"


def rule_page(
    catalog: Catalog, rule: Rule, facts: Facts, show: Listing | None = None
) -> str:
    """The rule's page, complete.

    Args:
        catalog: Where category and related rules are looked up.
        rule: The rule to show.
        facts: The environment it was checked in.
        show: How a whole file is shown; without it, as a fenced block.
    """
    head, body = rule.body.strip().split("\n", 1)
    before, after = around_cases(body)
    style = _page_style(catalog, show, lambda _: True)
    sections = [
        head,
        *([_retired(catalog, rule)] if rule.is_retired else []),
        _facts_line(catalog, rule, facts),
        f"{rule.description}\n{{ .rule-lead }}",
        compose(catalog, before, style),
        *([cases_section(rule, show or listing)] if rule.cases else []),
        compose(catalog, after, style),
        *([] if rule.is_retired else [find_it(rule)]),
    ]
    if related := catalog.related(rule):
        links = "\n".join(f"- [{other.title}]({other.id}.md)" for other in related)
        sections.append(f"## Related rules\n\n{links}")
    whole = "\n\n".join(sections) + "\n"
    return terms.with_links(catalog, whole, f"rules/{rule.id}.md")


def around_cases(body: str) -> tuple[str, str]:
    """A rule's text up to the end of *Why*, and what follows.

    Args:
        body: A rule's source without its first heading.
    """
    why = body.find("\n## Why\n")
    cut = body.find("\n## ", why + 1) if why >= 0 else -1
    return (body[:cut].strip(), body[cut:].strip()) if cut >= 0 else (body.strip(), "")


def cases_section(rule: Rule, show: Listing) -> str:
    """What was tried at the rule's edges, as a table, and the programs that did it.

    Args:
        rule: A rule with files of cases.
        show: How a whole file is shown.
    """
    same = [
        file for file in rule.cases if not (file.databases_differ or file.own_database)
    ]
    parts = ["## Cases"]
    if rows := [case for file in same for case in cases_of(file)]:
        where = " and ".join(DATABASES.values())
        parts.append(f"Programs tried each case on {where}. Both gave the same.")
        parts.append(_case_table(["What happens"], rows))
    for file in rule.cases:
        if reason := file.databases_differ:
            parts.append(f"The databases differ: {reason.rstrip('.')}.")
            parts.append(_case_table(list(DATABASES.values()), cases_of(file)))
        elif reason := file.own_database:
            parts.append(f"A program made its own database: {reason.rstrip('.')}.")
            parts.append(_case_table(["What happens"], cases_of(file)))
    for file in rule.cases:
        name = file.path.name
        again = " two times" if file.expect == "crash" else ""
        parts += [
            f'<details class="whole-file" id="{case_anchor(file)}" markdown>',
            f"<summary>Whole file: <code>{name}</code></summary>",
            f"Save it in an empty folder and run `python {name}`{again}.",
            show(file),
            "</details>",
        ]
    return "\n\n".join(parts)


def find_it(rule: Rule) -> str:
    """The rule's static checks, what each of them says, and the patterns, folded.

    Args:
        rule: Any rule that holds.
    """
    if not rule.checks:
        return "## Find it\n\nNo [check](../check.md): the cause is not in the code."
    lines = [
        f"- `{check.id}`, {check.severity}: {check.message} "
        f"[Try it](../check.md?example={check.found[0]})"
        for check in rule.checks
    ]
    what = "This check finds" if len(lines) == 1 else "These checks find"
    return "\n\n".join(
        [
            "## Find it",
            f"{what} the violation in [your code](../check.md):",
            "\n".join(lines),
            '<details class="whole-file" markdown>',
            f"<summary>Pattern{'s' if len(lines) > 1 else ''}</summary>",
            fence("\n---\n".join(check.shown for check in rule.checks), "text"),
            "</details>",
        ]
    )


def case_anchor(file: Snippet) -> str:
    """The address of a file of cases on its page.

    Args:
        file: A file of cases.
    """
    # The heading above has the name alone.
    return f"file-{file.name.replace('_', '-')}"


def _case_table(heads: list[str], rows: list[Case]) -> str:
    lines = [
        f"| Case | {' | '.join(heads)} | Line |",
        "| --- |" + " --- |" * (len(heads) + 1),
    ]
    for case in rows:
        results = " | ".join(cell(result) for result in case.results)
        title = f"{case.file.path.name}, line {case.line}"
        link = (
            f"[{case.line}](#{case_anchor(case.file)})"
            f'{{ .case-line aria-label="{title}" }}'
        )
        lines.append(f"| {cell(case.phrase)} | {results} | {link} |")
    return "\n".join(['<div class="cases" markdown>', "", *lines, "", "</div>"])


def cell(text: str) -> str:
    """Text as a program printed it, in a cell of a table.

    Args:
        text: One side of a case; what stands between backticks is code.
    """
    parts = re.split(r"(`[^`]*`)", text)
    # Text outside code spans may look like markup.
    parts[::2] = [
        re.sub(r"([\\*_\[\]{}#])", r"\\\1", part).replace("<", "&lt;")
        for part in parts[::2]
    ]
    return "".join(parts).replace("|", "\\|")


def _retired(catalog: Catalog, rule: Rule) -> str:
    """What stands above all else on the page of a rule that no longer holds."""
    text = "**Retired.** This rule no longer holds."
    if other := rule.meta.replaced_by:
        title = catalog.rule(other).title
        text += f" Its place is taken by [{title}]({other}.md)."
    return f"{text}\n{{ .rule-retired }}"


def page(
    catalog: Catalog,
    markdown: str,
    category: Category | None = None,
    show: Listing | None = None,
    source: str = "",
) -> str:
    """A page other than a rule's, with its lists filled in.

    Args:
        catalog: Where the lists come from.
        markdown: The page's source, without front matter.
        category: The category whose page it is.
        show: How a whole file is shown; without it, as a fenced block.
        source: The page's file below docs/; without it, no term leads anywhere.

    Raises:
        MissingError: The page asks for a list, a rule or a snippet that does not exist.
    """

    def fill(match: re.Match[str]) -> str:
        made = {
            "priorities": lambda: lists.priorities(catalog, "../../" * bool(category)),
            "rules": lambda: lists.all_rules(catalog, FAILURE_WORDS),
            "checklist": lambda: lists.checklist(catalog),
            "errors": lambda: lists.all_errors(catalog),
            "terms": lambda: lists.all_terms(catalog),
            "bundle": lambda: lists.bundle(catalog),
            "checker": lambda: lists.checker(catalog),
            "checks": lambda: lists.checks(catalog),
        }
        if category:
            made["category"] = lambda: lists.of_category(catalog, category)
        if match["rule"] in catalog.ids:
            made["pair"] = lambda: _pair(catalog, match["rule"])
        if match["list"] not in made:
            remedy = f"There are, or could be here: {', '.join(made)}."
            raise MissingError(match[0], "no such list or rule.", remedy)
        return made[match["list"]]()

    # A guide proves its own programs; those of rules are proven on their pages.
    linked = terms.with_links(catalog, markdown, source) if source else markdown
    filled = MARKER.sub(fill, linked)
    own = set(catalog.guides)
    return compose(catalog, filled, _page_style(catalog, show, own.__contains__))


def _facts_line(catalog: Catalog, rule: Rule, facts: Facts) -> str:
    """What a reader weighs first, then where the advice holds and what backs it."""
    category = catalog.category_of(rule)
    first = [
        f"`{rule.id}`",
        f"**{rule.impact_label} impact**",
        f"[{category.title}](../categories/{category.slug}/index.md)",
    ]
    second = [f"Since dbos {rule.meta.since}", f"checked with {facts.checked}"]
    if facts.repo_url:
        base = facts.repo_url.rstrip("/")
        second += [
            f"[snippets]({base}/tree/main/snippets/{rule.id})",
            f"[tests]({base}/blob/main/tests/test_snippets.py)",
            f"[edit]({base}/edit/main/docs/rules/{rule.id}.md)",
        ]
    return (
        f"{' · '.join(first)}\n{{ .rule-facts .impact-{rule.impact} }}\n\n"
        f"{' · '.join(second)}\n{{ .rule-checked }}"
    )


def compose(catalog: Catalog, body: str, style: Style) -> str:
    """Inlines the snippets that a text includes, in one walk for every edition.

    Args:
        catalog: Where snippets are looked up.
        body: A page's source without its first heading, or a part of it.
        style: How code, proofs and text are shown.
    """
    pieces = list(blocks(body))
    shown = [snippet_of(catalog, block) for block in pieces]
    parts = []
    for index, (block, snippet) in enumerate(zip(pieces, shown, strict=True)):
        if snippet is None:
            parts.append(style.text(block))
            continue
        is_repeated = snippet in shown[:index]
        parts.append(style.code(snippet, block, is_repeated))
        if snippet not in shown[index + 1 :]:
            parts.append(style.proof(snippet))
    return "\n\n".join(filter(None, parts))


def snippet_of(catalog: Catalog, block: str) -> Snippet | None:
    """The snippet that a fenced block includes.

    Args:
        catalog: Where snippets are looked up.
        block: One of `blocks`.

    Raises:
        MissingError: There is no such file, or no such region of it.
    """
    first, *rest = block.splitlines()
    if not FENCE.match(first):
        return None
    for line in rest:
        if include := INCLUDE.match(line):
            try:
                snippet = catalog.snippet(include["path"])
                _ = snippet.regions[include["region"] or "rule"]
            except KeyError:
                remedy = "Include a file and a region of snippets/ that exist."
                raise MissingError(line, "no such snippet.", remedy) from None
            return snippet
    return None


def included(snippet: Snippet, block: str) -> str:
    """The code of a fenced block, with its includes filled in.

    Args:
        snippet: The file that the block includes.
        block: One of `blocks`.
    """
    lines = []
    for line in block.splitlines()[1:-1]:
        if include := INCLUDE.match(line):
            name = include["region"]
            # A twin may do without a part of what its other side shows.
            if not name or name in snippet.regions:
                code = snippet.region(name) if name else snippet.whole_file
                lines.append(code.strip())
        else:
            lines.append(line)
    return "\n".join(lines)


def _page_style(
    catalog: Catalog, show: Listing | None, prove: Callable[[Snippet], bool]
) -> Style:
    def code(snippet: Snippet, block: str, _: bool) -> str:
        return _code_block(catalog, snippet, block)

    def proof(snippet: Snippet) -> str:
        return _proof(snippet, show or listing) if prove(snippet) else ""

    return Style(code, proof)


def _code_block(catalog: Catalog, snippet: Snippet, block: str) -> str:
    """The block's code; a side of a pair has its differing lines marked."""
    code = included(snippet, block)
    title = f'title="snippets/{snippet.rule}/{snippet.path.name}"'
    marked = ""
    if snippet.kind in ("incorrect", "correct") and not snippet.is_guide:
        lines = _marked(catalog.rule(snippet.rule), snippet, block)
        marked = f' hl_lines="{" ".join(map(str, lines))}"' if lines else ""
    return fence(code, f"{{ .python .{snippet.kind} {title}{marked} }}")


def _marked(rule: Rule, snippet: Snippet, block: str) -> list[int]:
    """The lines of the block that the other side of the pair does not have."""
    try:
        twin = rule.twin(snippet)
    except KeyError:
        # A right way of its own has nothing beside it.
        return []
    return differing(*(included(side, block).split("\n") for side in (snippet, twin)))


def listing(snippet: Snippet) -> str:
    """A whole file as a fenced block.

    Args:
        snippet: The file.
    """
    return fence(snippet.whole_file.strip(), "python")


def _proof(snippet: Snippet, show: Listing) -> str:
    label, sentence = PROOFS[snippet.kind, snippet.expect]
    sentence = sentence.format(exception=snippet.exception)
    if snippet.needs:
        reason = snippet.directives["needs"].partition(" - ")[2]
        sentence += f" {DATABASES[snippet.needs]} only: {reason.rstrip('.')}."
    if snippet.since:
        sentence += f" Since dbos {snippet.since}."
    if snippet.own_database:
        reason = snippet.own_database.rstrip(".")
        sentence += f" It uses databases of its own alone: {reason}."
    shown = snippet.output
    crashes = snippet.expect == "crash"
    again = " two times" if crashes else ""
    return "\n\n".join(
        [
            f"**{label}.** {sentence}\n"
            f"{{ .proof .proof-{snippet.kind} .proof-{snippet.expect} }}",
            *([timeline.figure(shown, snippet.kind)] if crashes else []),
            fence(shown, f"{{ .text .output .output-{snippet.kind} }}"),
            '<details class="whole-file" markdown>',
            f"<summary>Whole file: <code>{snippet.path.name}</code></summary>",
            f"Save it in an empty folder and run `python {snippet.path.name}`{again}.",
            show(snippet),
            "</details>",
        ]
    )


def _including(snippet: Snippet) -> str:
    """A block that includes the file's region, as a page would write it."""
    path = f"snippets/{snippet.rule}/{snippet.path.name}"
    return f'```python\n--8<-- "{path}:rule"\n```'


def _pair(catalog: Catalog, rule_id: str) -> str:
    """A rule's wrong and right way beside each other, each with what it printed."""
    parts = ['<div class="pair" markdown>']
    for name in ("incorrect", "correct"):
        snippet = catalog.rule(rule_id).snippet(name)
        label, sentence = PROOFS[snippet.kind, snippet.expect]
        parts += [
            "<div markdown>",
            _code_block(catalog, snippet, _including(snippet)),
            f"**{label}.** {sentence}\n{{ .proof .proof-{name} }}",
            fence(snippet.output, f"{{ .text .output .output-{name} }}"),
            "</div>",
        ]
    return "\n\n".join([*parts, "</div>"])

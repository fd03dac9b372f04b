"""Turns a page's source into complete, portable Markdown.

This is the one place where snippets are inlined and headers, proofs and lists are
filled in. Its result needs no hook and no MkDocs: any Markdown builder with fenced
blocks, attribute lists and Markdown in HTML shows it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from textwrap import dedent

import errors
import lists
import timeline
from catalog import (
    DATABASES,
    FENCE,
    INCLUDE,
    REGION,
    Catalog,
    Category,
    Rule,
    Snippet,
)

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
    sections = [
        head,
        _facts_line(catalog, rule, facts),
        f"{rule.description}\n{{ .rule-lead }}",
        _with_snippets(catalog, body.strip(), lambda _: True, show),
    ]
    if related := catalog.related(rule):
        links = "\n".join(f"- [{other.title}]({other.id}.md)" for other in related)
        sections.append(f"## Related rules\n\n{links}")
    return "\n\n".join(sections) + "\n"


def page(
    catalog: Catalog,
    markdown: str,
    category: Category | None = None,
    show: Listing | None = None,
) -> str:
    """A page other than a rule's, with its lists filled in.

    Args:
        catalog: Where the lists come from.
        markdown: The page's source, without front matter.
        category: The category whose page it is.
        show: How a whole file is shown; without it, as a fenced block.

    Raises:
        KeyError: The page asks for a list or a rule that does not exist.
    """
    up = "../../" if category else ""

    def fill(match: re.Match[str]) -> str:
        return {
            "priorities": lambda: _priorities(catalog, up),
            "rules": lambda: lists.all_rules(catalog, FAILURE_WORDS),
            "checklist": lambda: lists.checklist(catalog),
            "pair": lambda: _pair(catalog, match["rule"]),
            "category": lambda: _category(catalog, category),
            "errors": lambda: errors.page(catalog),
        }[match["list"]]()

    # A guide proves its own programs; those of rules are proven on their pages.
    filled = MARKER.sub(fill, markdown)
    own = set(catalog.guides)
    return _with_snippets(catalog, filled, own.__contains__, show)


def _facts_line(catalog: Catalog, rule: Rule, facts: Facts) -> str:
    """What a reader weighs first, then where the advice holds and what backs it."""
    category = catalog.category_of(rule)
    first = [
        f"`{rule.id}`",
        f"**{rule.impact_label} impact**",
        f"[{category.title}](../categories/{category.slug}/index.md)",
    ]
    second = [f"Since dbos {rule.meta['since']}", f"checked with {facts.checked}"]
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


def _with_snippets(
    catalog: Catalog,
    body: str,
    prove: Callable[[Snippet], bool],
    show: Listing | None,
) -> str:
    """Inlines the snippets, with a proof below the last region of those to prove."""
    pieces = list(blocks(body))
    shown = [snippet_of(catalog, block) for block in pieces]
    parts = []
    for index, (block, snippet) in enumerate(zip(pieces, shown, strict=True)):
        if snippet is None:
            parts.append(block)
            continue
        parts.append(_code_block(snippet, block))
        if prove(snippet) and snippet not in shown[index + 1 :]:
            parts.append(_proof(snippet, show or listing))
    return "\n\n".join(parts)


def blocks(body: str) -> Iterable[str]:
    """The text, cut into fenced blocks and what stands between them.

    Args:
        body: A page's source, or a part of it.
    """
    current: list[str] = []
    mark = ""
    for line in body.split("\n"):
        fence = FENCE.match(line)
        if fence and not mark:
            yield from _stripped(current)
            current, mark = [line], fence["mark"]
        elif fence and line.strip() == mark:
            yield "\n".join([*current, line])
            current, mark = [], ""
        else:
            current.append(line)
    yield from _stripped(current)


def _stripped(lines: list[str]) -> Iterable[str]:
    text = "\n".join(lines).strip("\n")
    if text:
        yield text


def snippet_of(catalog: Catalog, block: str) -> Snippet | None:
    """The snippet that a fenced block includes.

    Args:
        catalog: Where snippets are looked up.
        block: One of `blocks`.
    """
    first, *rest = block.splitlines()
    if not FENCE.match(first):
        return None
    includes = filter(None, map(INCLUDE.match, rest))
    return next((catalog.snippet(include["path"]) for include in includes), None)


def _code_block(snippet: Snippet, block: str) -> str:
    lines = []
    for line in block.splitlines()[1:-1]:
        include = INCLUDE.match(line)
        lines.append(region(snippet, include["region"]) if include else line)
    title = f"snippets/{snippet.rule}/{snippet.path.name}"
    return _fence("\n".join(lines), f'{{ .python .{snippet.kind} title="{title}" }}')


def region(snippet: Snippet, name: str) -> str:
    """The region's lines, without markers and without common indentation.

    Args:
        snippet: The file.
        name: A region of it.

    Raises:
        KeyError: The file has no such region.
    """
    first, last = snippet.regions[name]
    lines = snippet.lines[first - 1 : last]
    return dedent("\n".join(line for line in lines if not REGION.match(line))).strip()


def whole_file(snippet: Snippet) -> str:
    """The program as a reader saves it: without the site's own markers.

    Args:
        snippet: The file.
    """
    text = "\n".join(line for line in snippet.lines if not REGION.match(line))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip() + "\n"


def output(snippet: Snippet) -> str:
    """The recorded output, with the command that gives it.

    Args:
        snippet: A file whose output is recorded.
    """
    if snippet.is_recorded:
        return snippet.recording.read_text("utf-8").strip()
    return "\n".join([f"$ python {snippet.path.name}", *snippet.printed])


def listing(snippet: Snippet) -> str:
    """A whole file as a fenced block.

    Args:
        snippet: The file.
    """
    return _fence(whole_file(snippet).strip(), "python")


def _proof(snippet: Snippet, show: Listing) -> str:
    label, sentence = PROOFS[snippet.kind, snippet.expect]
    sentence = sentence.format(exception=snippet.exception)
    if snippet.needs:
        reason = snippet.directives["needs"].partition(" - ")[2]
        sentence += f" {DATABASES[snippet.needs]} only: {reason.rstrip('.')}."
    shown = output(snippet)
    crashes = snippet.expect == "crash"
    again = " two times" if crashes else ""
    return "\n\n".join(
        [
            f"**{label}.** {sentence}\n"
            f"{{ .proof .proof-{snippet.kind} .proof-{snippet.expect} }}",
            *([timeline.figure(shown, snippet.kind)] if crashes else []),
            _fence(shown, f"{{ .text .output .output-{snippet.kind} }}"),
            '<details class="whole-file" markdown>',
            f"<summary>Whole file: <code>{snippet.path.name}</code></summary>",
            f"Save it in an empty folder and run `python {snippet.path.name}`{again}.",
            show(snippet),
            "</details>",
        ]
    )


def _fence(text: str, info: str) -> str:
    runs = re.findall(r"^`{3,}", text, re.MULTILINE)
    mark = "`" * max([3, *(len(run) + 1 for run in runs)])
    return f"{mark}{info}\n{text}\n{mark}"


def _pair(catalog: Catalog, rule_id: str) -> str:
    """A rule's wrong and right way beside each other, each with what it printed."""
    parts = ['<div class="pair" markdown>']
    for name in ("incorrect", "correct"):
        snippet = catalog.rule(rule_id).snippet(name)
        label, sentence = PROOFS[snippet.kind, snippet.expect]
        title = f"snippets/{rule_id}/{snippet.path.name}"
        parts += [
            "<div markdown>",
            _fence(region(snippet, "rule"), f'{{ .python .{name} title="{title}" }}'),
            f"**{label}.** {sentence}\n{{ .proof .proof-{name} }}",
            _fence(output(snippet), f"{{ .text .output .output-{name} }}"),
            "</div>",
        ]
    return "\n\n".join([*parts, "</div>"])


def _priorities(catalog: Catalog, up: str) -> str:
    rows = [
        "| Priority | Category | Impact | Prefix | Rules |",
        "| --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| {category.priority} "
        f"| [{category.title}]({up}categories/{category.slug}/index.md) "
        f"| {category.impact_label} | `{category.prefix}-` "
        f"| {len(catalog.rules_of(category))} |"
        for category in catalog.categories
    ]
    return "\n".join(rows)


def _category(catalog: Catalog, category: Category | None) -> str:
    if category is None:
        raise KeyError("catalog: category stands on a category's page only")
    return _rule_list(catalog.rules_of(category), "../../rules/")


def _rule_list(rules: list[Rule], folder: str) -> str:
    if not rules:
        return "No rule yet."
    return "\n".join(
        f"- [`{rule.id}`]({folder}{rule.id}.md) · {rule.impact_label}  \n"
        f"  **{rule.title}.** {rule.description}"
        for rule in rules
    )

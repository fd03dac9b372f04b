"""A rule as one file of the skill, which says all without the site. Pure."""

from collections.abc import Callable
from functools import cache
from posixpath import normpath
from typing import NamedTuple

from book.cases import cases_of
from book.markdown import fence, relink
from book.model import Catalog, CatalogError, Rule, Snippet
from book.vocabulary import DATABASES
from exports.edition import Edition
from exports.plain import plain
from exports.tokens import REFERENCE_TOKENS, tokens
from pages.render import Style, around_cases, compose, included

#: A longer program is mostly what its demonstration needs; an agent gets its region.
WHOLE_FILE_TOKENS = 520


class Reference(NamedTuple):
    """A rule's file, and what had to be left out of it for others to hold.

    `unlisted` are the search words that did not fit; the index of the rule's category
    has them.
    """

    text: str
    unlisted: list[str]


def reference(catalog: Catalog, rule: Rule, edition: Edition) -> Reference:
    """The rule as one file that says all, without the site.

    Where that is too much, code is left out in this order until it fits: demos, the
    further wrong ways, each time the longest first, then what surrounds the right way's
    region. What each of them prints stays. Then go links to rules that name this one,
    and search words: neither what other pages say nor how a rule is searched may make
    its page too long. Last of all goes the code of the wrong way.

    Args:
        catalog: Where related rules are looked up.
        rule: The rule.
        edition: What is published.

    Raises:
        CatalogError: It is too large even so.
    """
    whole = {s for s in rule.snippets if s.name == "correct"}
    whole = {s for s in whole if tokens(s.whole_file) <= WHOLE_FILE_TOKENS}
    longest_first = sorted(rule.snippets, key=_shown_length, reverse=True)
    demos = [s for s in longest_first if s.kind == "demo"]
    wrong = [s for s in longest_first if s.kind == "incorrect"]
    omitted: set[Snippet] = set()
    related = catalog.related(rule)
    words = rule.meta.keywords
    # What is left out is code; the prose around it is made once.
    prose = cache(lambda block: _text(catalog, rule, block, edition))

    def content_of(whole: set[Snippet]) -> str:
        return _content(catalog, rule, edition, prose, whole, omitted)

    content = content_of(whole)
    for snippet in [*demos, *(s for s in wrong if s.name != "incorrect")]:
        if _fits(content, related, words):
            return Reference(_text_of(content, related, words), [])
        omitted.add(snippet)
        content = content_of(whole)
    if not _fits(content, related, words):
        content = content_of(set())
    if not _fits(content, related, words):
        related = [other for other in related if other.id in rule.meta.related]
    kept = len(words)
    while kept and not _fits(content, related, words[:kept]):
        kept -= 1
    if not _fits(content, related, words[:kept]):
        omitted |= {s for s in wrong if s.name == "incorrect"}
        content = content_of(set())
    text = _text_of(content, related, words[:kept])
    if tokens(text) > REFERENCE_TOKENS:
        raise CatalogError(
            f"docs/rules/{rule.id}.md:1: its reference in the skill has up to "
            f"{tokens(text)} tokens. Shorten the page to {REFERENCE_TOKENS}, or its "
            "right way's regions."
        )
    return Reference(text, words[kept:])


def _fits(content: str, related: list[Rule], words: list[str]) -> bool:
    return tokens(_text_of(content, related, words)) <= REFERENCE_TOKENS


def _text_of(content: str, related: list[Rule], words: list[str]) -> str:
    parts = [content]
    if related:
        links = ", ".join(f"[{other.id}]({other.id}.md)" for other in related)
        parts.append(f"Related: {links}")
    if words:
        parts.append(f"Search words: {'; '.join(words)}")
    return "\n\n".join(parts) + "\n"


def _shown_length(snippet: Snippet) -> int:
    return sum(len(snippet.region(name)) for name in snippet.regions)


def _content(
    catalog: Catalog,
    rule: Rule,
    edition: Edition,
    prose: Callable[[str], str],
    whole: set[Snippet],
    omitted: set[Snippet],
) -> str:
    def code(snippet: Snippet, block: str, is_repeated: bool) -> str:
        if snippet in omitted or (snippet in whole and is_repeated):
            return ""
        is_whole = snippet in whole
        text = snippet.whole_file.strip() if is_whole else included(snippet, block)
        return fence(text, "python")

    style = Style(
        code=code,
        proof=lambda file: _outcome(file, file in whole, file in omitted),
        text=prose,
    )
    head, body = rule.body.strip().split("\n", 1)
    before, after = around_cases(body)
    parts = [
        head,
        _facts(catalog, rule, edition),
        rule.description,
        compose(catalog, before, style),
        *([_cases(rule)] if rule.cases else []),
        compose(catalog, after, style),
    ]
    return "\n\n".join(parts)


def _cases(rule: Rule) -> str:
    """What was tried at the rule's edges, a line each."""
    names = [label.split()[0] for label in DATABASES.values()]
    lines = ["## Cases", ""]
    for case in (case for file in rule.cases for case in cases_of(file)):
        results = case.results
        if len(results) > 1:
            pairs = zip(names, results, strict=True)
            results = (f"{name} {result}" for name, result in pairs)
        lines.append(f"- {case.phrase}: {'; '.join(results)}")
    return "\n".join(lines)


def _facts(catalog: Catalog, rule: Rule, edition: Edition) -> str:
    address = edition.address(f"rules/{rule.id}/")
    return " · ".join(
        [
            f"`{rule.id}`",
            rule.impact_label,
            catalog.category_of(rule).title,
            f"since dbos {rule.meta.since}",
            f"checked with dbos {edition.facts.dbos_version}",
            *([address] if address else []),
        ]
    )


def _text(catalog: Catalog, rule: Rule, block: str, edition: Edition) -> str:
    """Prose, with links that lead somewhere from the skill's folder."""

    def resolve(target: str, is_name: bool) -> str | None:
        if is_name or "://" in target:
            return None if is_name else target
        path, _, anchor = target.partition("#")
        path = normpath(f"rules/{path}") if path else f"rules/{rule.id}.md"
        if path == f"rules/{rule.id}.md":
            return None
        name = path.removeprefix("rules/")
        if name.removesuffix(".md") in catalog.ids:
            return name
        if path == "reference/configuration.md":
            return "configuration.md"
        page = path.removesuffix(".md").removesuffix("index")
        page = page if not page or page.endswith("/") else f"{page}/"
        address = edition.address(page)
        return f"{address}#{anchor}" if address and anchor else address or None

    return plain(relink(block, resolve)).strip()


def _outcome(snippet: Snippet, is_whole: bool, is_omitted: bool) -> str:
    """What a run of the file showed, in as few words as possible."""
    name = f"`{snippet.path.name}`"
    said = [line for line in snippet.evidence if line != "Killed"]
    note = " (code not repeated here)" if is_omitted else ""
    if snippet.expect == "raises":
        return f"Fails: {name}{note} raises `{snippet.output.splitlines()[-1]}`"
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
    if snippet.since:
        what = f"since dbos {snippet.since}, {what}"
    if snippet.needs:
        what = f"on {DATABASES[snippet.needs]} only, {what}"
    if len(said) == 1:
        return f"{label}: {what} `{said[0]}`"
    return f"{label}: {what}\n\n```text\n" + "\n".join(said) + "\n```"

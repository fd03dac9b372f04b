"""The words that pages use in a sense of their own: what they mean, and where they are.

Pure, like `errors.py`. The definitions stand in `terms.yml`, one for each term. A row
that no page needs is a problem, and so is a word of `JARGON` that a page uses and no
row defines.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from book.cases import cases_of
from book.markdown import FRONT_MATTER, YAML_LOADER, links, prose
from book.model import Catalog, CatalogError, Page, Problem
from book.records import TermRow
from book.vocabulary import JARGON

SOURCE = "docs/_hooks/book/terms.yml"
#: Guides that are lists, use words of others, or are for those who change the site:
#: they need no definitions.
LISTS = frozenset(
    [
        "changelog.md",
        "checklist.md",
        "coming-from.md",
        "contributing.md",
        "errors.md",
        "rules/index.md",
    ]
)
#: The page of all definitions.
PAGE = "terms.md"
SENTENCES = 3
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Term:
    """One definition; `forms` are the words that pages use for it.

    `line` is the row's place in the data file.
    """

    anchor: str
    name: str
    forms: tuple[str, ...]
    text: str
    rule: str
    line: int


class Text(NamedTuple):
    """A text of a page, and where it begins."""

    path: Path
    line: int
    text: str


class Use(NamedTuple):
    """A place in a text where one of several words stands, and which of them."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=1)
def entries(catalog: Catalog) -> tuple[Term, ...]:
    """Every term, in alphabetical order.

    Args:
        catalog: Gives the pages and the folder of the data file.

    Raises:
        CatalogError: A row cannot be used or is not needed, or a page uses a word that
            no row defines; the text lists file, line and remedy.
    """
    found, problems = rows_of(catalog)
    if not problems:
        problems = list(_needs(catalog, found))
    if problems:
        raise CatalogError("\n".join(map(str, sorted(problems))))
    return tuple(sorted(found, key=lambda term: term.name.casefold()))


def rows_of(catalog: Catalog) -> tuple[list[Term], list[Problem]]:
    """The data file's rows, and what is wrong with it.

    Args:
        catalog: Gives the folder and the ids of the rules that rows may name.
    """
    source = (catalog.root / SOURCE).read_text("utf-8")
    try:
        data = yaml.load(source, YAML_LOADER)
        node = yaml.compose(source, YAML_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        return [], [Problem(SOURCE, line, "the file is not YAML.", str(error))]
    if not isinstance(data, list) or not data:
        remedy = "Write a row for each term, as in `- anchor: step`."
        return [], [Problem(SOURCE, 1, "the file is no list.", remedy)]
    found: list[Term] = []
    problems: list[Problem] = []
    for row, at in zip(data, node.value, strict=True):
        line = at.start_mark.line + 1
        wrong = list(_problems(catalog, row, found))
        problems += [Problem(SOURCE, line, *parts) for parts in wrong]
        if not wrong:
            words = (row["term"], tuple(row["forms"]), row["text"])
            found.append(Term(row["anchor"], *words, row["rule"], line))
    return found, problems


def _problems(
    catalog: Catalog, row: Any, before: Sequence[Term]
) -> Iterator[tuple[str, str]]:
    """Message and remedy of each thing that is wrong with a row."""
    faults = TermRow.faults(row)
    for _, message, remedy in faults:
        yield message, remedy
    if faults:
        return
    if row["rule"] not in catalog.ids:
        yield f"no rule is called {row['rule']!r}.", TermRow.REMEDIES["rule"]
    if row["anchor"] in {term.anchor for term in before}:
        yield f"a second row with the anchor {row['anchor']}.", "Give each row its own."
    taken = {form for term in before for form in term.forms}
    for form in row["forms"]:
        if form in taken:
            yield f"{form!r} is a form of another term.", "Give one definition a word."
    if links(row["text"]):
        yield "the text has a link.", "Leave it out; the rule is linked below."
    if len(re.findall(r"[.?!](?: |$)", row["text"])) > SENTENCES:
        yield f"the text has more than {SENTENCES} sentences.", "Shorten it."


def _needs(catalog: Catalog, found: Sequence[Term]) -> Iterator[Problem]:
    """Words that pages use and no row defines, and rows that no page needs."""
    defined = by_form(found)
    words = JARGON | defined.keys()
    needed = set()
    for path, line, text in texts(catalog):
        shown = prose(text)
        for form, start, _ in uses(shown, words):
            if form in defined:
                needed.add(defined[form].anchor)
                continue
            yield Problem(
                path.relative_to(catalog.root).as_posix(),
                line + shown.count("\n", 0, start),
                f"no page says what {form!r} means.",
                f"Say it in ordinary words, or define it in {SOURCE}.",
            )
    for term in found:
        if term.anchor not in needed:
            message = f"no page uses the term {term.name!r}."
            remedy = "Remove the row, or add the form that pages use."
            yield Problem(SOURCE, term.line, message, remedy)


def texts(catalog: Catalog) -> Iterator[Text]:
    """The texts in which terms are looked for: of rules, categories and guides.

    Args:
        catalog: The whole catalogue.
    """
    for page in (*catalog.rules, *catalog.categories):
        yield from _texts_of(page)
    for rule in catalog.rules:
        for file in rule.cases:
            # Results are quoted, not said.
            yield from (Text(file.path, c.line, c.phrase) for c in cases_of(file))
    for path in sorted(catalog.root.glob("docs/*.md")):
        if path.name not in LISTS | {PAGE}:
            text = path.read_text("utf-8")
            head = FRONT_MATTER.match(text)
            start = head.end() if head else 0
            yield Text(path, text.count("\n", 0, start) + 1, text[start:])


def _texts_of(page: Page[Any]) -> Iterator[Text]:
    yield Text(page.path, page.meta_lines["description"], page.description)
    yield Text(page.path, page.body_line, page.body)


def by_form(found: Iterable[Term]) -> dict[str, Term]:
    """Each form to its term.

    Args:
        found: Terms.
    """
    return {form: term for term in found for form in term.forms}


def uses(text: str, forms: Collection[str]) -> Iterator[Use]:
    """Where the words stand, each place once, with the longest of those that fit.

    Args:
        text: As `prose` gives it.
        forms: Words as they stand inside a sentence; one may begin with a capital.
    """
    patterns = _patterns(frozenset(forms))
    end = 0
    for word in _WORD.finditer(text):
        pattern = patterns.get(word[0].lower())
        if not pattern or word.start() < end:
            continue
        if match := pattern.match(text, word.start()):
            end = match.end()
            form = " ".join(match[0].split())
            yield Use(
                form if form in forms else form[0].lower() + form[1:], *match.span()
            )


@cache
def _patterns(forms: frozenset[str]) -> dict[str, re.Pattern[str]]:
    """By their first word, in small letters, what matches the longest of the forms.

    One pattern of all of them is slow: it would be tried at every letter.
    """
    by_word: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        (first, *_) = _WORD.findall(form)
        by_word.setdefault(first.lower(), []).append(form)
    return {
        # Neither a part of a name nor an argument: `DBOS.patch`, `limiter={...}`.
        word: re.compile(
            rf"(?<![\w.-])(?:{'|'.join(map(_in_a_sentence, own))})(?![\w=(-]|\.\w)"
        )
        for word, own in by_word.items()
    }


def _in_a_sentence(form: str) -> str:
    """Matches the words, also where a sentence begins or a line ends between them."""
    words = r"(?: +| *\n *)".join(map(re.escape, form[1:].split(" ")))
    return f"[{form[0].upper()}{form[0]}]{words}"

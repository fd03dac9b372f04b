"""Leads from the first use of a term on a page to its definition. Pure."""

import re
from posixpath import dirname, relpath

from book import terms
from book.markdown import blotted, prose
from book.model import Catalog

#: Where pages are whose terms are looked for; guides are in none.
_FOLDERS = re.compile(r"(?:rules/|categories/[^/]+/|)[^/]+")
#: What the renderer writes below code and below the title: it says the same on every
#: page.
_GENERATED = re.compile(
    r"^(?:.+\n)+\{ \.(?:proof|rule-facts|rule-checked|rule-retired)\b[^\n]*$",
    re.MULTILINE,
)
#: What stands behind the first cell in a row of cases: what a program printed.
_RESULTS = re.compile(r"(?m)^(\| (?:\\.|[^|\n\\])*\|)(.*\.case-line .*)$")


def with_links(catalog: Catalog, markdown: str, source: str) -> str:
    """The page with the first use of each term as a link to its definition.

    The definitions' own page stays as it is, and so do lists and the reference.

    Args:
        catalog: Gives the terms.
        markdown: The page, without front matter.
        source: The page's file below docs/.

    Raises:
        CatalogError: As for `entries`.
    """
    if source in terms.LISTS | {terms.PAGE} or not _FOLDERS.fullmatch(source):
        return markdown
    target = relpath(terms.PAGE, dirname(source) or ".")
    known = terms.by_form(terms.entries(catalog))
    first: dict[str, terms.Use] = {}
    said = _said(markdown)
    for use in terms.uses(said, known):
        # Up to a later brace in its line, Markdown would take all for attributes.
        if "}" not in said[use.end :].partition("\n")[0]:
            first.setdefault(known[use.form].anchor, use)
    # From the end, so that the places before stay where they are.
    for anchor, (_, start, end) in reversed(first.items()):
        link = f"[{markdown[start:end]}]({target}#{anchor}){{ .term }}"
        markdown = f"{markdown[:start]}{link}{markdown[end:]}"
    return markdown


def _said(markdown: str) -> str:
    """What authors wrote as prose, with all else blotted out."""
    text = _GENERATED.sub(lambda match: blotted(match[0]), markdown)
    text = _RESULTS.sub(lambda match: match[1] + blotted(match[2]), text)
    return prose(text)

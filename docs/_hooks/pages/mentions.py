"""Leads from the API reference back to the rules. Pure."""

import re
from collections.abc import Callable
from html import escape

from book.model import Catalog, Rule

#: A link to an object of the reference, as rules write it: `[text][dbos.DBOS.step]`.
LINK = re.compile(r"\]\[(?P<name>dbos\.[\w.]+)\]")
#: The heading of an object, as mkdocstrings writes it.
HEADING = re.compile(
    r'<h(?P<level>\d) id="(?P<name>dbos\.[\w.]+)".*?</h(?P=level)>', re.DOTALL
)


def mentions(catalog: Catalog) -> dict[str, list[Rule]]:
    """The name of each object that rules link to, with these rules in site order.

    Args:
        catalog: The whole catalogue.
    """
    found: dict[str, list[Rule]] = {}
    for rule in catalog.rules:
        for name in dict.fromkeys(LINK.findall(rule.body)):
            found.setdefault(name, []).append(rule)
    return found


def with_mentions(
    html: str, found: dict[str, list[Rule]], address: Callable[[Rule], str]
) -> str:
    """A reference page with the rules below the heading of what they mention.

    Args:
        html: The page's content.
        found: As `mentions` returns it.
        address: Gives a rule's address as the page links it.
    """

    def add(match: re.Match[str]) -> str:
        links = ", ".join(
            f'<a href="{address(rule)}">{escape(rule.title, quote=False)}</a>'
            for rule in found.get(match["name"], [])
        )
        return match[0] + (f'<p class="mentioned-by">Rules: {links}</p>' * bool(links))

    return HEADING.sub(add, html)

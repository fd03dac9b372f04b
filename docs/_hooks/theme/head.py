"""What a page says beside its text: its card, its headings' links, marked lines.

Pure: it takes and returns plain values. The template docs/_theme/main.html shows them.
"""

import re
from html import escape, unescape

from book.model import Catalog
from theme.cards import Card

#: The link that the toc extension adds to a heading; its attributes vary in order.
PERMALINK = re.compile(
    r'<a (?=[^>]*class="headerlink")(?=[^>]*href="#(?P<id>[^"]+)")[^>]*'
    r'title="(?P<is>[^"]+)"'
)
TAG = re.compile(r"<[^>]*>")
#: The code of one side of a pair.
SIDE = re.compile(
    r'<div class="(?P<side>incorrect|correct) highlight".*?</div>', re.DOTALL
)


def card(
    catalog: Catalog, source: str, title: str, section: str, description: str, site: str
) -> Card:
    """What the card of a page shows.

    Args:
        catalog: Where rules and categories are looked up.
        source: The page's file below docs/.
        title: The page's title.
        section: The title of the part of the navigation that it is in.
        description: The page's description.
        site: The site's name.
    """
    path = catalog.root / "docs" / source
    for rule in catalog.every_rule:
        if rule.path == path:
            return Card(title, section, rule.id, rule.impact, site)
    for category in catalog.categories:
        if category.path == path:
            kicker = f"Category {category.priority} of {len(catalog.categories)}"
            return Card(title, kicker, f"{category.prefix}-", category.impact, site)
    return Card(title, section, description, "", site)


def name_permalinks(html: str, titles: dict[str, str]) -> str:
    """Names each heading's link after its heading.

    The link's text is one sign, and a list of links that all have the same name helps
    nobody who hears it.

    Args:
        html: A page's content.
        titles: A heading's id to its text, as HTML. Other links keep their name.
    """

    def name(match: re.Match[str]) -> str:
        if match["id"] not in titles:
            return match[0]
        title = unescape(TAG.sub("", titles[match["id"]])).strip()
        return f'{match[0]} aria-label="{match["is"]}: {escape(title)}"'

    return PERMALINK.sub(name, html)


def name_differences(html: str) -> str:
    """Says of marked lines to those who hear a page which side of a pair they are on.

    Args:
        html: A page's content.
    """

    def name(block: re.Match[str]) -> str:
        role = {"incorrect": "deletion", "correct": "insertion"}[block["side"]]
        return block[0].replace(
            '<span class="hll">', f'<span class="hll" role="{role}">'
        )

    return SIDE.sub(name, html)

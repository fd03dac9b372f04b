"""MkDocs adapter: navigation and page text from the catalogue. No logic of its own."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cards
import catalog
import head
import jinja2
import render
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs_autorefs import AutorefsPlugin

REFERENCE = [
    "reference/dbos.md",
    "reference/client.md",
    "reference/handles.md",
    "reference/queue.md",
    "reference/configuration.md",
    "reference/errors.md",
]

#: Source of a reference page to its HTML and table of contents.
_reference: dict[str, tuple[str, TableOfContents]] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads the catalogue and builds the navigation from it.

    Args:
        config: The site's configuration.

    Raises:
        PluginError: The catalogue is broken; the text names file, line and remedy.
    """
    try:
        rules = catalog.load(Path(config.config_file_path).parent)
    except catalog.CatalogError as error:
        raise PluginError(str(error)) from None
    config.extra["catalog"] = rules
    config.extra["facts"] = render.Facts(version("dbos"), config.repo_url or "")
    config.nav = navigation(rules)
    return config


def navigation(rules: catalog.Catalog) -> list[Any]:
    """The site's navigation: categories in priority order, rules by impact.

    Args:
        rules: The whole catalogue.
    """
    return [
        {"Home": "index.md"},
        {"Quickstart": "quickstart.md"},
        {"All rules": "rules/index.md"},
        *(
            {
                category.title: [
                    f"categories/{category.slug}/index.md",
                    *(f"rules/{rule.id}.md" for rule in rules.rules_of(category)),
                ]
            }
            for category in rules.categories
        ),
        {"API reference": REFERENCE},
        {"About": ["conventions.md", "contributing.md"]},
    ]


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Completes the page's Markdown.

    Args:
        markdown: The source without front matter.
        page: Whose source it is.
        config: Carries the catalogue.
        files: Not used.
    """
    rules: catalog.Catalog = config.extra["catalog"]
    if page.file.content_string in _reference:
        return ""
    path = Path(page.file.abs_src_path or "")
    for rule in rules.rules:
        if rule.path == path:
            page.meta.update(kind="article", scripts=["assets/cite.js"])
            return render.rule_page(rules, rule, config.extra["facts"])
    category = next((c for c in rules.categories if c.path == path), None)
    return render.page(rules, markdown, category)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Names the headings' links, and renders each reference page once a process.

    The installed package does not change while `mkdocs serve` runs, and reading it
    takes longer than all other pages together.

    Args:
        html: The page, converted from what `on_page_markdown` returned.
        page: Whose HTML it is.
        config: Gives the plugin that resolves cross-references.
        files: Not used.
    """
    titles = {link.id: link.title for link in _walk(page.toc)}
    html = head.name_permalinks(html, titles)
    if not page.file.src_uri.startswith("reference/"):
        return html
    source = page.file.content_string
    if source not in _reference:
        _reference[source] = (html, page.toc)
        return html
    html, page.toc = _reference[source]
    # mkdocstrings, which did not run this time, would have registered the anchors.
    autorefs = config.plugins["autorefs"]
    assert isinstance(autorefs, AutorefsPlugin)
    for link in _walk(page.toc):
        autorefs.register_anchor(page, link.id, title=link.title, primary=True)
    return html


def on_env(
    env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Adds a social card for each page, under assets/cards/.

    Without a site_url there is none: whoever shows a card wants its absolute address.

    Args:
        env: Returned as it is.
        config: Carries the catalogue.
        files: Gives the pages, which are read by now, and gets the cards.

    Raises:
        PluginError: A page's title or description does not fit on its card.
    """
    if not config.site_url:
        return env
    rules: catalog.Catalog = config.extra["catalog"]
    for file in list(files.documentation_pages()):
        page, path = file.page, f"assets/cards/{file.src_uri.removesuffix('.md')}.png"
        assert page is not None
        section = page.parent.title if page.parent else ""
        description = page.meta.get("description", "")
        # The navigation may call the page otherwise.
        title = page.meta.get("title", page.title)
        card = head.card(
            rules, file.src_uri, title, section, description, config.site_name
        )
        try:
            kept = cards.cached(card, rules.root / ".cache" / "cards")
        except cards.CardError as error:
            raise PluginError(f"docs/{file.src_uri}: {error}") from None
        files.append(File.generated(config, path, abs_src_path=str(kept)))
        width, height = cards.SIZE
        shown = {"path": path, "alt": card.alt, "width": width, "height": height}
        page.meta["card"] = shown
    return env


def _walk(links: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for link in links:
        yield link
        yield from _walk(link.children)

"""MkDocs adapter: navigation and page text from the catalogue. No logic of its own."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import catalog
import exports
import render
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.meta import get_data
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
        rules = catalog.load(Path(config.config_file_path).resolve().parent)
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
        {"About": ["conventions.md", "agents.md", "contributing.md"]},
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
    # Where pages tell what to type, they need the published address.
    markdown = markdown.replace("SITE_ADDRESS", config.site_url or "ADDRESS")
    path = Path(page.file.abs_src_path or "")
    for rule in rules.rules:
        if rule.path == path:
            return render.rule_page(rules, rule, config.extra["facts"])
    category = next((c for c in rules.categories if c.path == path), None)
    return render.page(rules, markdown, category)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Renders each reference page once a process.

    The installed package does not change while `mkdocs serve` runs, and reading it
    takes longer than all other pages together.

    Args:
        html: The page, converted from what `on_page_markdown` returned.
        page: Whose HTML it is.
        config: Gives the plugin that resolves cross-references.
        files: Not used.
    """
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


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Collects the pages for the exports, now that all of them are complete.

    Args:
        env: Not used.
        config: Carries the catalogue, and the exports on.
        files: The pages.
    """
    rules: catalog.Catalog = config.extra["catalog"]
    autorefs = config.plugins["autorefs"]
    assert isinstance(autorefs, AutorefsPlugin)
    edition = exports.edition(rules.root, config.extra["facts"], config.site_url or "")
    documents = []
    for file in files.documentation_pages():
        page = file.page
        assert page is not None
        # The sitemap's date; from the clock, each day would give another site.
        page.update_date = edition.day.isoformat()
        # That of a reference page is empty when it comes from `_reference`.
        markdown = page.markdown or get_data(file.content_string)[0]
        url = page.url.removeprefix("./")
        meta = dict(page.meta)
        documents.append(exports.Document(file.src_uri, url, meta, markdown))
    nav = navigation(rules)
    config.extra["exports"] = exports.Site(
        catalog=rules,
        edition=edition,
        documents=exports.in_order(nav, documents),
        nav=nav,
        object_url=lambda name: autorefs.get_item_url(name)[0],
    )


def on_post_build(config: MkDocsConfig) -> None:
    """Writes what is for agents, language models and programs.

    Args:
        config: Carries the exports, and says where the site is.
    """
    for path, content in exports.files(config.extra["exports"]).items():
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _walk(links: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for link in links:
        yield link
        yield from _walk(link.children)

"""MkDocs adapter: navigation and page text from the catalogue. No logic of its own."""

import json
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cards
import catalog
import changelog
import errors
import exports
import head
import jinja2
import mentions
import policy
import render
import search
import trim
from cache import Cache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data
from mkdocs.utils.templates import TemplateContext
from mkdocs_autorefs import AutorefsPlugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

REFERENCE = [
    "reference/dbos.md",
    "reference/workflows.md",
    "reference/handles.md",
    "reference/queue.md",
    "reference/messages.md",
    "reference/schedules.md",
    "reference/client.md",
    "reference/configuration.md",
    "reference/errors.md",
]

#: Stands for a whole file until Markdown is done with the page.
_LISTING = re.compile(r"<!-- listing: (?P<path>\S+) -->")
_PYTHON = PythonLexer()
_HTML = HtmlFormatter(cssclass="highlight", wrapcode=True)

#: What mkdocstrings writes beside its pages.
REFERENCE_STYLES = "assets/_mkdocstrings.css"
REFERENCE_FILES = ("objects.inv", REFERENCE_STYLES)

#: Runs the search of an offline copy.
FRAME_WORKER = "assets/frame-worker.js"
#: Of the theme's files: other languages' search, maps for its authors, another icon.
_UNUSED = re.compile(r"assets/javascripts/lunr/|.*\.map$|assets/images/favicon\.png$")


#: What MkDocs was started for.
_command = ""


def on_startup(command: str, dirty: bool) -> None:
    """Remembers what MkDocs does, which later events are not told.

    Args:
        command: "build" or "serve".
        dirty: Not used.
    """
    global _command
    _command = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads the catalogue and builds the navigation from it.

    Args:
        config: The site's configuration.

    Raises:
        PluginError: The catalogue or the changelog is broken; the text names file,
            line and remedy.
    """
    root = Path(config.config_file_path).resolve().parent
    try:
        rules = catalog.load(root)
        config.extra["changelog"] = changelog.load(rules)
        config.extra["errors"] = errors.entries(rules)
    except catalog.CatalogError as error:
        raise PluginError(str(error)) from None
    config.extra["catalog"] = rules
    # The HTML has links, which an offline copy writes in another way.
    kept = "offline" if not config.use_directory_urls else _command or "build"
    sources = [*root.glob("docs/_hooks/*.py"), *root.glob("docs/reference/*")]
    config.extra["cache"] = Cache(
        root / f".cache/{kept}.pickle", [root / "mkdocs.yml", *sorted(sources)]
    )
    config.extra["facts"] = render.Facts(version("dbos"), config.repo_url or "")
    config.nav = navigation(rules)
    if "polyfills" in config.extra:
        # The offline plugin would load it from elsewhere.
        config.extra["polyfills"] = [FRAME_WORKER]
    # mkdocstrings would have every page load it.
    config.extra_css = [css for css in config.extra_css if css != REFERENCE_STYLES]
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
        {"Errors": "errors.md"},
        {"Checklist": "checklist.md"},
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
        {"About": ["conventions.md", "agents.md", "contributing.md", "changelog.md"]},
    ]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the changelog's feed, whose addresses have to be absolute; drops the unused.

    Args:
        files: What the site is made of.
        config: Carries the changelog and the published address, if there is one.
    """
    if config.site_url:
        changes: list[changelog.Change] = config.extra["changelog"]
        feed = changelog.atom(changes, config.site_url, config.site_name)
        files.append(File.generated(config, changelog.FEED, content=feed))
    if config.use_directory_urls and (worker := files.get_file_from_path(FRAME_WORKER)):
        files.remove(worker)
    for file in [file for file in files if _UNUSED.match(file.src_uri)]:
        files.remove(file)
    return files


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Completes the page's Markdown.

    Args:
        markdown: The source without front matter.
        page: Whose source it is.
        config: Carries the catalogue.
        files: What links may lead to.
    """
    rules: catalog.Catalog = config.extra["catalog"]
    cache: Cache = config.extra["cache"]
    if page.file.src_uri in cache:
        return ""
    # Where pages tell what to type, they need the published address.
    markdown = markdown.replace("SITE_ADDRESS", config.site_url or "ADDRESS")
    if page.file.src_uri == "changelog.md" and config.site_url:
        markdown = changelog.with_feed_link(markdown)
    path = Path(page.file.abs_src_path or "")
    rule = next((rule for rule in rules.rules if rule.path == path), None)
    category = next((c for c in rules.categories if c.path == path), None)
    if rule or category:
        # The search plugin would index the page's HTML: see search.py.
        page.meta["search"] = {"exclude": True}
    if rule:
        page.meta.update(kind="article", scripts=["assets/cite.js"])
        markdown = render.rule_page(rules, rule, config.extra["facts"], _listing)
    else:
        markdown = render.page(rules, markdown, category, _listing)
    # Converting is most of the work. `build` does it again, because it checks links.
    if _command == "serve" and page.file.src_uri not in REFERENCE:
        page.meta["key"] = "\n".join([*files.src_uris, page.file.src_uri, markdown])
        if page.meta["key"] in cache:
            return ""
    return markdown


def _listing(snippet: catalog.Snippet) -> str:
    return f"<!-- listing: snippets/{snippet.rule}/{snippet.path.name} -->"


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Names the headings' links, opens tables to the keyboard, fills in what is made.

    Whole files are half of the site's code: past Markdown, and made once, they cost a
    fifth of what they cost as fenced blocks. Reading the installed package takes longer
    than all other pages together.

    Args:
        html: The page, converted from what `on_page_markdown` returned.
        page: Whose HTML it is.
        config: Carries the catalogue and the plugin that resolves cross-references.
        files: Not used.
    """
    rules: catalog.Catalog = config.extra["catalog"]
    cache: Cache = config.extra["cache"]
    key = page.meta.get("key", page.file.src_uri)
    if key in cache:
        html, page.toc, page.present_anchor_ids = cache[key]
        # mkdocstrings, which did not run this time, would have registered the anchors.
        autorefs = config.plugins["autorefs"]
        assert isinstance(autorefs, AutorefsPlugin)
        for link in _walk(page.toc):
            autorefs.register_anchor(page, link.id, primary=True)
    else:
        names = {link.id: link.title for link in _walk(page.toc)}
        html = head.name_permalinks(html, names)
        # A table that is wider than its page scrolls: for the keyboard too, it takes
        # focus.
        html = html.replace("<table>", '<table tabindex="0">')
        if key != page.file.src_uri:
            cache[key] = html, page.toc, page.present_anchor_ids
    # The key does not name what is in the whole files.
    return _LISTING.sub(
        lambda match: _listed(rules.snippet(match["path"]), cache), html
    )


def on_env(
    env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Keeps compiled templates; makes what needs all pages: cards, exports' sources.

    Args:
        env: Returned as it is.
        config: Carries the catalogue, and the exports on.
        files: Gives the pages, which are read by now, and gets the cards.

    Raises:
        PluginError: A page's title or description does not fit on its card.
    """
    compiled = Path(config.config_file_path).parent / ".cache/templates"
    compiled.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(compiled))
    # Nobody shares what `serve` shows, nor asks it for exports.
    if _command != "build":
        return env
    # Whoever shows a card wants its absolute address.
    if config.site_url:
        _add_cards(config, files)
    config.extra["exports"] = _exports(config, files)
    return env


def _add_cards(config: MkDocsConfig, files: Files) -> None:
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


def _exports(config: MkDocsConfig, files: Files) -> exports.Site:
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
        # That of a reference page is empty when its HTML comes from the cache.
        markdown = page.markdown or get_data(file.content_string)[0]
        markdown = _LISTING.sub(
            lambda match: render.listing(rules.snippet(match["path"])), markdown
        )
        url = page.url.removeprefix("./")
        meta = dict(page.meta)
        documents.append(exports.Document(file.src_uri, url, meta, markdown))
    nav = navigation(rules)
    return exports.Site(
        catalog=rules,
        edition=edition,
        documents=exports.in_order(nav, documents),
        nav=nav,
        object_url=lambda name: autorefs.get_item_url(name)[0],
    )


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Names a reference page's styles, keeps the page, and adds the rules to it.

    Args:
        context: Not used.
        page: The page about to be written.
        config: Carries the cache and the catalogue.
        nav: Not used.
    """
    if page.file.src_uri not in REFERENCE:
        return
    cache: Cache = config.extra["cache"]
    page.meta["styles"] = [REFERENCE_STYLES]
    if page.file.src_uri not in cache:
        cache[page.file.src_uri] = page.content, page.toc, page.present_anchor_ids
    found = mentions.mentions(config.extra["catalog"])
    page.content = mentions.with_mentions(
        page.content or "",
        found,
        lambda rule: get_relative_url(_url(f"rules/{rule.id}.md", config), page.url),
    )


def _listed(snippet: catalog.Snippet, cache: Cache) -> str:
    source = render.whole_file(snippet)
    if source not in cache:
        cache[source] = highlight(source, _PYTHON, _HTML)
    return cache[source]


def on_post_build(config: MkDocsConfig) -> None:
    """Completes what plugins wrote, and writes what is for agents and programs.

    Args:
        config: Carries the catalogue and the exports, and says where the site is.
    """
    site = Path(config.site_dir)
    cache: Cache = config.extra["cache"]
    for name in REFERENCE_FILES:
        if name in cache:
            (site / name).write_bytes(cache[name])
        else:
            cache[name] = (site / name).read_bytes()
    cache.save()
    _complete_search(site, config)
    _mend_theme(site)
    # `serve` builds often, and adds a script to each page that it sends.
    if _command != "build":
        return
    online = config.use_directory_urls
    # An offline copy has no address that agents and programs could ask.
    written = exports.files(config.extra["exports"]) if online else {}
    for path, content in written.items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    _narrow_pages(site, offline=not online)


def _narrow_pages(site: Path, *, offline: bool) -> None:
    """Takes from pages what they do not use: styles, and what browsers may do."""
    pages = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    scripts = (path.read_text("utf-8") for path in site.rglob("*.js"))
    sheets = sorted(site.rglob("*.css"))
    styles = [path.read_text("utf-8") for path in sheets]
    # The theme's scripts ask whether a text runs from right to left; none does.
    known = trim.words(pages.values(), scripts) - {"rtl"}
    for path, css in zip(sheets, trim.trim(styles, known), strict=True):
        path.write_text(css, "utf-8")
    # Opened from a folder, a page and its scripts have no common origin: 'self' would
    # forbid them all.
    if not offline:
        for path, html in pages.items():
            path.write_text(policy.with_policy(html), "utf-8")
        (site / "_headers").write_text(policy.headers(pages.values()), "utf-8")


def _url(source: str, config: MkDocsConfig) -> str:
    """The address of a page below the site's, given its file below docs/."""
    path = source.removesuffix(".md")
    if config.use_directory_urls:
        return f"{path.removesuffix('index')}/".replace("//", "/")
    return f"{path}.html"


def _complete_search(site: Path, config: MkDocsConfig) -> None:
    """Adds the rules' entries to the index, and how a query is read to the worker."""
    index = site / "search/search_index.json"
    content = json.loads(index.read_text("utf-8"))
    documents = search.documents(
        config.extra["catalog"], lambda source: _url(source, config)
    )
    content["docs"] = [*documents, *content["docs"]]
    content["config"] |= search.CONFIG
    index.write_text(json.dumps(content, separators=(",", ":")), "utf-8")
    (worker,) = site.glob("assets/javascripts/workers/search.*.min.js")
    query = (Path(__file__).parent / "search.js").read_text("utf-8")
    # A rebuild finds the file that the last build completed.
    own = worker.read_text("utf-8").removeprefix(query)
    worker.write_text(query + own, "utf-8")


#: What the theme's script does, and what it does here.
_MENDED = {
    # Every alternate would be taken for a translation, and its sitemap asked for; ours
    # are a feed and Markdown.
    '"link[rel=alternate]"': '"link[rel=alternate][hreflang]"',
    # A landmark for each block of code, all without a name.
    '("nav",{class:"md-code__nav"}': '("div",{class:"md-code__nav"}',
}


def _mend_theme(site: Path) -> None:
    """Changes what the theme's script gives no setting for."""
    (bundle,) = site.glob("assets/javascripts/bundle.*.min.js")
    script = bundle.read_text("utf-8")
    for theirs, ours in _MENDED.items():
        # A rebuild finds the file that the last build mended.
        if ours not in script and theirs not in script:
            raise PluginError(
                f"docs/_hooks/hooks.py: the theme's script has no {theirs}. "
                "Look how this version does it, and adapt _MENDED."
            )
        script = script.replace(theirs, ours)
    bundle.write_text(script, "utf-8")


def _walk(links: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for link in links:
        yield link
        yield from _walk(link.children)

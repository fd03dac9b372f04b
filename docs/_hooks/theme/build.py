"""One build of the site: what MkDocs' events need, from reading to writing.

MkDocs calls the methods in their order here; docs/_hooks/hooks.py says when.
"""

import hashlib
import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any, cast

import jinja2
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import CountHandler, get_relative_url
from mkdocs.utils.templates import TemplateContext
from mkdocs_autorefs import AutorefsPlugin
from pathspec.gitignore import GitIgnoreSpec
from pygments import highlight
from pygments.filter import Filter
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pygments.token import Token

from book import changelog, errors, read, terms
from book.cases import cases_of
from book.model import CatalogError, Snippet
from exports import edition, published
from pages import mentions, render
from pages.navigation import REFERENCE, navigation
from theme import cards, checker, head, mend, search, templates
from theme.cache import Cache

#: Stands for a whole file until Markdown is done with the page.
_LISTING = re.compile(r"<!-- listing: (?P<path>\S+) -->")


class _Plainly(Filter):
    """Leaves names, signs and spaces without markup of their own.

    They look like the text around them, and are most of what a program is made of.
    """

    _PLAIN = (Token.Name, Token.Operator, Token.Punctuation, Token.Text.Whitespace)

    def filter(self, lexer: Any, stream: Any) -> Iterator[tuple[Any, str]]:
        for kind, text in stream:
            yield (Token.Text if kind in self._PLAIN else kind), text


_PYTHON = PythonLexer()
_PYTHON.add_filter(_Plainly())
_HTML = HtmlFormatter(cssclass="highlight", wrapcode=True)
#: A case's link to the program that tried it; its text is the line.
_CASE_LINK = re.compile(
    r'href="(?P<file>#file-cases[a-z0-9-]*)"(?P<rest>[^>]*>)(?P<line>\d+)<'
)

#: What mkdocstrings writes beside its pages.
REFERENCE_STYLES = "assets/_mkdocstrings.css"
REFERENCE_FILES = ("objects.inv", REFERENCE_STYLES)
#: Runs the search of an offline copy.
FRAME_WORKER = "assets/frame-worker.js"
#: Of the theme's files: other languages' search, maps for its authors, another icon.
_UNUSED = re.compile(r"assets/javascripts/lunr/|.*\.map$|assets/images/favicon\.png$")


#: Counts what MkDocs warns of, such as links that lead nowhere.
_WARNINGS = CountHandler()
_WARNINGS.setLevel(logging.WARNING)
logging.getLogger("mkdocs").addHandler(_WARNINGS)


@contextmanager
def told() -> Iterator[None]:
    """Turns an author's error into MkDocs' own kind, which shows no traceback."""
    try:
        yield
    except CatalogError as error:
        raise PluginError(str(error)) from None


class Build:
    """The state of one build.

    Args:
        config: The site's configuration.
        command: What MkDocs was started for, "build" or "serve".

    Raises:
        CatalogError: Catalogue, changelog, errors or terms are not sound.
    """

    told = staticmethod(told)

    def __init__(self, config: MkDocsConfig, command: str) -> None:
        self.config = config
        self.root = Path(config.config_file_path).resolve().parent
        self.serves = command == "serve"
        self.catalog = read.load(self.root)
        self.changes = changelog.load(self.catalog)
        self.errors = errors.entries(self.catalog)
        self.terms = terms.entries(self.catalog)
        self.facts = render.Facts(version("dbos"), config.repo_url or "")
        self.nav = navigation(self.catalog)
        self.kept = self.root / os.environ.get("SITE_CACHE", ".cache")
        sources = [
            *self.root.glob("docs/_hooks/**/*.py"),
            *self.root.glob("docs/reference/*"),
        ]
        self.cache = Cache(
            self.kept,
            # The HTML has links, which an offline copy writes in another way.
            "online" if config.use_directory_urls else "offline",
            [self.root / "mkdocs.yml", *sorted(sources)],
        )
        #: A page's file to its complete Markdown, and to what names its HTML.
        self.texts: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.paths = ""
        self.templates = [
            path.read_text("utf-8")
            for path in sorted(self.root.glob("docs/_theme/**/*.html"))
        ]
        self.exports: edition.Site | None = None

    def adapt(self, config: MkDocsConfig) -> None:
        """Takes out of the configuration what plugins would have every page load.

        Says of retired rules that they are in no navigation.

        Args:
            config: The site's configuration.
        """
        if "polyfills" in config.extra:
            # The offline plugin would load it from elsewhere.
            config.extra["polyfills"] = [FRAME_WORKER]
        config.extra_css = [css for css in config.extra_css if css != REFERENCE_STYLES]
        config.theme.__dict__["get_env"] = templates.without_hidden(config.theme)
        # Their pages are there, and nothing leads to them.
        config.not_in_nav = GitIgnoreSpec.from_lines(
            f"/rules/{rule.id}.md" for rule in self.catalog.retired
        )

    def files(self, files: Files) -> Files:
        """Adds the changelog's feed, whose addresses have to be absolute.

        Args:
            files: What the site is made of; loses what no page uses.
        """
        config = self.config
        if config.site_url:
            feed = changelog.atom(self.changes, config.site_url, config.site_name)
            files.append(File.generated(config, changelog.FEED, content=feed))
        worker = files.get_file_from_path(FRAME_WORKER)
        if config.use_directory_urls and worker:
            files.remove(worker)
        for file in [file for file in files if _UNUSED.match(file.src_uri)]:
            files.remove(file)
        # Whether a link leads somewhere depends on what there is.
        self.paths = "\n".join(files.src_uris)
        self.sources = files.src_uris
        return files

    def markdown(self, markdown: str, page: Page, files: Files) -> str:
        """The page's complete Markdown, or nothing when its HTML is kept.

        Args:
            markdown: The source without front matter.
            page: Whose source it is.
            files: What links may lead to.

        Raises:
            CatalogError: The page asks for what is not there.
        """
        source = page.file.src_uri
        # Where pages tell what to type, they need the published address.
        address = self.config.site_url or "ADDRESS/"
        markdown = markdown.replace("SITE_ADDRESS", address)
        if source == "changelog.md":
            markdown = changelog.with_anchors(markdown)
            if self.config.site_url:
                markdown = changelog.with_feed_link(markdown)
        path = Path(page.file.abs_src_path or "")
        catalog = self.catalog
        rule = next((rule for rule in catalog.every_rule if rule.path == path), None)
        category = next((c for c in catalog.categories if c.path == path), None)
        if rule or category:
            # The search plugin would index the page's HTML: see search.py.
            page.meta["search"] = {"exclude": True}
        if rule:
            page.meta.update(kind="article", scripts=["assets/cite.js"])
            markdown = render.rule_page(catalog, rule, self.facts, _listing)
        else:
            try:
                markdown = render.page(catalog, markdown, category, _listing, source)
            except render.MissingError as error:
                raise CatalogError(error.at(f"docs/{source}", path)) from None
        self.texts[source] = markdown
        self.keys[source] = key = self._key(source, markdown)
        # Converting is most of the work.
        if key in self.cache:
            return ""
        self.warnings = sum(count for _, count in _WARNINGS.get_counts())
        return markdown

    def _key(self, source: str, markdown: str) -> str:
        """What the page's HTML depends on, besides what empties the cache."""
        if source in REFERENCE:
            return source
        text = "\n".join([self.paths, source, markdown])
        return hashlib.sha256(text.encode()).hexdigest()

    def html(self, html: str, page: Page) -> str:
        """The page's HTML with named links, tables for the keyboard, and whole files.

        Whole files are half of the site's code: past Markdown, and made once, they cost
        a fifth of what they cost as fenced blocks. Reading the installed package takes
        longer than all other pages together.

        Args:
            html: The page, converted from what `markdown` returned.
            page: Whose HTML it is.
        """
        key = self.keys[page.file.src_uri]
        if key in self.cache:
            html, page.toc, page.present_anchor_ids, anchors = self.cache[key]
            page.links_to_anchors = {
                self.sources[source]: links for source, links in anchors.items()
            }
            # mkdocstrings, which did not run this time, would have registered them.
            for link in _walk(page.toc):
                self._autorefs.register_anchor(page, link.id, primary=True)
        else:
            names = {link.id: link.title for link in _walk(page.toc)}
            html = head.name_permalinks(html, names)
            # On the site, a case leads to the line that printed it.
            html = _CASE_LINK.sub(r'href="\g<file>-\g<line>"\g<rest>\g<line><', html)
            html = head.name_differences(html)
            # A table that is wider than its page scrolls: for the keyboard too, it
            # takes focus.
            html = html.replace("<table>", '<table tabindex="0">')
            warned = sum(count for _, count in _WARNINGS.get_counts())
            # A page with a broken link is converted again, so that each build says it.
            # mkdocstrings has yet to fill in a reference page.
            if warned == self.warnings and page.file.src_uri not in REFERENCE:
                self._keep(page, html)
        # The key does not name what is in the whole files.
        return _LISTING.sub(
            lambda match: self._highlighted(self.catalog.snippet(match["path"])), html
        )

    def _keep(self, page: Page, html: str) -> None:
        anchors = {
            file.src_uri: links for file, links in (page.links_to_anchors or {}).items()
        }
        key = self.keys[page.file.src_uri]
        self.cache[key] = html, page.toc, page.present_anchor_ids, anchors

    @property
    def _autorefs(self) -> AutorefsPlugin:
        plugin = self.config.plugins["autorefs"]
        assert isinstance(plugin, AutorefsPlugin)
        return plugin

    def _highlighted(self, snippet: Snippet) -> str:
        source = snippet.whole_file
        if source not in self.cache:
            self.cache[source] = highlight(source, _PYTHON, _HTML)
        html = self.cache[source]
        if snippet.kind != "cases":
            return html
        # The lines that print a case have addresses.
        lines = html.split("\n")
        anchor = render.case_anchor(snippet)
        for case in cases_of(snippet):
            # The first line has the tags around the code before it.
            assert case.line > 1
            name = f"{anchor}-{case.line}"
            lines[case.line - 1] = f'<a id="{name}"></a>{lines[case.line - 1]}'
        return "\n".join(lines)

    def all_pages(self, env: jinja2.Environment, files: Files) -> None:
        """Keeps compiled templates; makes cards, and what the exports are made of.

        Args:
            env: Compiles the theme's templates.
            files: Gives the pages, which are read by now, and gets the cards.

        Raises:
            CatalogError: A page's title or description does not fit on its card.
        """
        compiled = self.kept / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(compiled))
        # Nobody shares what `serve` shows, nor asks it for exports.
        if self.serves:
            return
        # Whoever shows a card wants its absolute address.
        if self.config.site_url:
            for file in list(files.documentation_pages()):
                files.append(self._card(file))
        self.exports = self._site(files)

    def _card(self, file: File) -> File:
        page = file.page
        assert page is not None
        section = page.parent.title if page.parent else ""
        description = page.meta.get("description", "")
        # The navigation may call the page otherwise.
        title = page.meta.get("title", page.title)
        name = self.config.site_name
        card = head.card(self.catalog, file.src_uri, title, section, description, name)
        try:
            kept = cards.cached(card, self.kept / "cards")
        except cards.CardError as error:
            raise CatalogError(f"docs/{file.src_uri}:1: {error}") from None
        path = f"assets/cards/{file.src_uri.removesuffix('.md')}.png"
        width, height = cards.SIZE
        shown = {"path": path, "alt": card.alt, "width": width, "height": height}
        page.meta["card"] = shown
        return File.generated(self.config, path, abs_src_path=str(kept))

    @property
    def _edition(self) -> edition.Edition:
        return edition.edition(self.root, self.facts, self.config.site_url or "")

    def _site(self, files: Files) -> edition.Site:
        published_as = self._edition
        documents = []
        for file in files.documentation_pages():
            page = file.page
            assert page is not None
            # The sitemap's date; from the clock, each day would give another site.
            page.update_date = published_as.day.isoformat()
            markdown = _LISTING.sub(
                lambda match: render.listing(self.catalog.snippet(match["path"])),
                self.texts[file.src_uri],
            )
            url = page.url.removeprefix("./")
            documents.append(
                edition.Document(file.src_uri, url, dict(page.meta), markdown)
            )
        return edition.Site(
            catalog=self.catalog,
            edition=published_as,
            documents=edition.in_order(self.nav, documents),
            nav=self.nav,
            object_url=self._object_url,
        )

    def _object_url(self, name: str) -> str:
        """The address of an object of the API reference.

        Args:
            name: As pages link it.

        Raises:
            CatalogError: The reference does not have it.
        """
        try:
            return self._autorefs.get_item_url(name)[0]
        except KeyError:
            error = render.MissingError(
                f"][{name}]",
                "the API reference has no such object.",
                "Link one that a page in docs/reference/ shows; `_async` twins have "
                "no entry of their own.",
            )
            path = next(
                path
                for path in sorted(self.root.glob("docs/**/*.md"))
                if error.asked in path.read_text("utf-8")
            )
            where = path.relative_to(self.root).as_posix()
            raise CatalogError(error.at(where, path)) from None

    def page_context(
        self, context: TemplateContext, page: Page, nav: Navigation
    ) -> None:
        """Completes a reference page; hands on a page that was made of the same before.

        Running the theme's templates is most of what is left of a build whose Markdown
        is kept.

        Args:
            context: What the template gets; `kept` is there for a page that is.
            page: The page about to be written.
            nav: The navigation, which stands on every page.
        """
        if page.file.src_uri in REFERENCE:
            self._reference(page)
        around = [(each.title, each.url) for each in nav.pages]
        beside = [each and each.url for each in (page.previous_page, page.next_page)]
        config = self.config
        made_of = (
            page.content,
            page.title,
            page.meta,
            (page.url, page.canonical_url, page.edit_url, page.update_date),
            (around, self.nav, beside),
            (config.site_name, config.site_url, config.repo_url),
            self.templates,
        )
        key = hashlib.sha256(repr(made_of).encode()).hexdigest()
        self.pages[page.file.src_uri] = key
        if key in self.cache:
            cast(dict[str, Any], context)["kept"] = Markup(self.cache[key])

    def written(self, output: str, page: Page) -> str:
        """Keeps a finished page.

        Args:
            output: The page.
            page: Whose HTML it is.
        """
        key = self.pages[page.file.src_uri]
        if key not in self.cache:
            self.cache[key] = output
        return output

    def _reference(self, page: Page) -> None:
        """Names a reference page's styles, keeps the page, and adds the rules to it."""
        source = page.file.src_uri
        page.meta["styles"] = [REFERENCE_STYLES]
        if source not in self.cache:
            self._keep(page, page.content or "")
        page.content = mentions.with_mentions(
            page.content or "",
            mentions.mentions(self.catalog),
            lambda rule: get_relative_url(self._url(f"rules/{rule.id}.md"), page.url),
        )

    def _url(self, source: str) -> str:
        """The address of a page below the site's, given its file below docs/."""
        path = source.removesuffix(".md")
        if self.config.use_directory_urls:
            return f"{path.removesuffix('index')}/".replace("//", "/")
        return f"{path}.html"

    def finish(self) -> None:
        """Completes what plugins wrote, and writes what is for agents and programs.

        Raises:
            CatalogError: The skill does not fit, or the theme is not the known one.
        """
        site = Path(self.config.site_dir)
        for name in REFERENCE_FILES:
            if name in self.cache:
                (site / name).write_bytes(self.cache[name])
            else:
                self.cache[name] = (site / name).read_bytes()
        self.cache.save()
        self._redirect(site)
        online = self.config.use_directory_urls
        search.complete(site, self.catalog, self._url, offline=not online)
        mend.mend_theme(site)
        if online:
            made = checker.files(self.catalog, self._edition)
            self._write(site, made)
        # `serve` builds often, and adds a script to each page that it sends.
        if self.serves:
            return
        # An offline copy has no address that agents and programs could ask.
        assert self.exports is not None
        written = published.files(self.exports) if online else {}
        self._write(site, written)
        mend.narrow_pages(site, offline=not online)

    @staticmethod
    def _write(site: Path, contents: dict[str, bytes]) -> None:
        for path, content in contents.items():
            target = site / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def _redirect(self, site: Path) -> None:
        """Writes a page for each former id, as far as a static host can redirect."""
        template = Path(__file__).with_name("redirect.html").read_text("utf-8")
        for alias, rule in self.catalog.aliases.items():
            url = self._url(f"rules/{alias}.md")
            path = site / (f"{url}index.html" if url.endswith("/") else url)
            path.parent.mkdir(parents=True, exist_ok=True)
            own = self._url(f"rules/{rule.id}.md")
            address = self.config.site_url and f"{self.config.site_url}{own}"
            text = Template(template).substitute(
                target=get_relative_url(own, url),
                title=escape(rule.title),
                id=rule.id,
                alias=alias,
                canonical=address or get_relative_url(own, url),
            )
            path.write_text(text, "utf-8")


def _listing(snippet: Snippet) -> str:
    return f"<!-- listing: snippets/{snippet.rule}/{snippet.path.name} -->"


def _walk(links: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for link in links:
        yield link
        yield from _walk(link.children)

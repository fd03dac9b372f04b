"""MkDocs' events. Each hands what it gets to the build, which knows what to do.

MkDocs loads this file once, however often `serve` builds, so that an edit of it takes a
restart; reload.py has all other modules loaded anew when one of them has changed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from reload import newest
from watchdog.observers.polling import PollingObserver

if TYPE_CHECKING:
    from theme.build import Build

#: "build" or "serve": MkDocs says it once, before it reads the configuration.
_command = "build"


def on_startup(command: str, dirty: bool) -> None:
    """Remembers what MkDocs was started for, which later events are not told.

    Args:
        command: "build" or "serve".
        dirty: Not used.
    """
    global _command
    _command = command


def _build(config: MkDocsConfig) -> "Build":
    return config.extra["build"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads the catalogue and builds the navigation from it.

    Args:
        config: The site's configuration.

    Raises:
        PluginError: Something is wrong in the sources; the text names file, line and
            remedy.
    """
    module = newest("theme.build")
    with module.told():
        build = module.Build(config, _command)
    config.extra["build"] = build
    config.nav = build.nav
    build.adapt(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds what the build makes and drops what no page uses.

    Args:
        files: What the site is made of.
        config: Carries the build.
    """
    return _build(config).files(files)


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Completes the page's Markdown.

    Args:
        markdown: The source without front matter.
        page: Whose source it is.
        config: Carries the build.
        files: What links may lead to.

    Raises:
        PluginError: The page asks for what does not exist.
    """
    build = _build(config)
    with build.told():
        return build.markdown(markdown, page, files)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Completes the page's HTML.

    Args:
        html: The page, converted from what `on_page_markdown` returned.
        page: Whose HTML it is.
        config: Carries the build.
        files: Not used.
    """
    return _build(config).html(html, page)


def on_env(
    env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Makes what needs all pages: social cards, and the sources of the exports.

    Args:
        env: Returned as it is.
        config: Carries the build.
        files: Gives the pages, which are read by now, and gets the cards.

    Raises:
        PluginError: A page's title or description does not fit on its card.
    """
    build = _build(config)
    with build.told():
        build.all_pages(env, files)
    return env


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """Looks for edits more often, and waits less for further ones.

    MkDocs looks twice a second and then waits a quarter, which was a third of the time
    from an edit to its page.

    Args:
        server: Has the folder of the pages and the configuration under watch.
        config: Says where these are.
        builder: Not used.
    """
    server.build_delay = 0.05
    watched = [config.docs_dir, config.config_file_path]
    for path in watched:
        server.unwatch(path)
    server.observer = PollingObserver(timeout=0.1)
    for path in watched:
        server.watch(path)
    return server


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Completes a page of the API reference, and finds a page that is as before.

    Args:
        context: What the template gets.
        page: The page about to be written.
        config: Carries the build.
        nav: Not used.
    """
    _build(config).page_context(context, page, nav)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keeps the page for the next build.

    Args:
        output: The page.
        page: Whose HTML it is.
        config: Carries the build.
    """
    return _build(config).written(output, page)


def on_post_build(config: MkDocsConfig) -> None:
    """Completes what plugins wrote, and writes what is for agents and programs.

    Args:
        config: Carries the build.

    Raises:
        PluginError: The skill does not fit into its limits, or the theme has changed.
    """
    build = _build(config)
    with build.told():
        build.finish()

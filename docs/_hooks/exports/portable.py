"""The whole site as plain Markdown, with a mkdocs.yml that needs no hook.

This is the way out: any builder that reads mkdocs.yml makes the same pages at the same
addresses. Pure.
"""

import re
from posixpath import dirname, join, normpath

import yaml

from book.markdown import blocks, is_code, relink
from exports.edition import Document, Site
from exports.plain import without_escapes

NAME = "dbos-python-best-practices"
#: The front matter that other builders know; the rest is in the text already.
KEYS = ("title", "description", "search", "hide")
_HREF = re.compile(r'href="(?P<target>[^":]+)"')


def files(site: Site) -> dict[str, bytes]:
    """The files of the portable site; template overrides are left behind.

    Args:
        site: The catalogue and the pages.
    """
    made = {"mkdocs.yml": _config(site).encode()}
    for document in site.documents:
        meta = {key: value for key, value in document.meta.items() if key in KEYS}
        head = yaml.safe_dump(meta, sort_keys=False, allow_unicode=True)
        text = f"---\n{head}---\n\n{_text(site, document)}\n"
        made[f"docs/{document.source}"] = text.encode()
    assets = site.catalog.root / "docs/_theme/assets"
    for path in sorted(assets.rglob("*")):
        if path.is_file():
            name = path.relative_to(assets).as_posix()
            made[f"docs/assets/{name}"] = path.read_bytes()
    return made


def _text(site: Site, document: Document) -> str:
    """The page, where links to what only this site's build writes are absolute."""
    there = {path for page in site.documents for path in (page.source, page.url)}

    def elsewhere(target: str, base: str) -> str:
        if "://" in target or target.startswith(("#", "mailto:")):
            return target
        path, _, anchor = target.partition("#")
        path = normpath(join(base, path.partition("?")[0])).removeprefix(".")
        if path.startswith("assets/") or path in there or f"{path}/" in there:
            return target
        address = site.edition.address(path)
        return f"{address}#{anchor}" if address and anchor else address or target

    def of_source(target: str, is_name: bool) -> str:
        return target if is_name else elsewhere(target, dirname(document.source))

    def of_page(match: re.Match[str]) -> str:
        return f'href="{elsewhere(match["target"], document.url)}"'

    text = "\n\n".join(
        block if is_code(block) else _HREF.sub(of_page, block)
        for block in blocks(relink(document.markdown, of_source))
    )
    return without_escapes(text.strip())


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml; values with tags are those that `_config` sets."""


_ConfigLoader.add_multi_constructor("!", lambda *_: None)


def _config(site: Site) -> str:
    path = site.catalog.root / "mkdocs.yml"
    config = yaml.load(path.read_text("utf-8"), _ConfigLoader)
    # Whoever builds the export says so if the copy is to open from a folder.
    config["plugins"] = [p for p in config["plugins"] if "offline" not in p]
    for key in ("hooks", "watch", "exclude_docs", "docs_dir"):
        config.pop(key, None)
    config["theme"].pop("custom_dir", None)
    config["site_url"] = site.edition.site_url
    config["repo_url"] = site.edition.facts.repo_url
    config["nav"] = site.nav
    # All snippets are inlined.
    config["markdown_extensions"] = [
        extension
        for extension in config["markdown_extensions"]
        if "pymdownx.snippets" not in extension
    ]
    return yaml.safe_dump(config, sort_keys=False, allow_unicode=True)

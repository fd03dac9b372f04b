"""What is published: the edition, its pages, and their addresses."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from posixpath import dirname, relpath
from typing import Any

from book.model import Catalog
from pages.render import Facts

_DAY = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)")


@dataclass(frozen=True)
class Edition:
    """What is published: of what, when and where.

    `day` stands for the clock everywhere, so that the same tree gives the same bytes.
    """

    facts: Facts
    version: str
    day: date
    site_url: str = ""

    def address(self, path: str) -> str:
        """The published address of a path of the site, or an empty string.

        Args:
            path: As it stands below the site's address: `rules/step-basics/`.
        """
        return f"{self.site_url.rstrip('/')}/{path}" if self.site_url else ""


@dataclass(frozen=True)
class Document:
    """One page, complete."""

    source: str
    url: str
    meta: dict[str, Any]
    markdown: str

    @property
    def title(self) -> str:
        """As its front matter says."""
        return str(self.meta["title"])

    @property
    def description(self) -> str:
        """As its front matter says."""
        return str(self.meta["description"])

    @property
    def copy(self) -> str:
        """Where its Markdown is: the page's address and `.md`."""
        return f"{self.url.rstrip('/')}.md" if self.url else "index.md"


@dataclass(frozen=True)
class Site:
    """All that the exports are made of.

    `documents` are in the order of `nav`, MkDocs' navigation. `object_url` gives the
    address of an API object's documentation, relative to the site.
    """

    catalog: Catalog
    edition: Edition
    documents: list[Document]
    nav: list[Any]
    object_url: Callable[[str], str]

    def document(self, source: str) -> Document | None:
        """The page with that source, or None.

        Args:
            source: Below docs/, as in `rules/step-basics.md`.
        """
        return self._by_source.get(source)

    @cached_property
    def _by_source(self) -> dict[str, Document]:
        return {document.source: document for document in self.documents}

    def address(self, target: str, path: str) -> str:
        """The address of a part of the site as another part links it.

        It is absolute when the site's address is known, or else relative.

        Args:
            target: As it stands below the site's address: `rules/step-basics/`.
            path: Where the link stands, below the site's address.
        """
        if self.edition.site_url:
            return self.edition.address(target)
        address = relpath(target or ".", dirname(path) or ".")
        return f"{address}/" if not target or target.endswith("/") else address


def in_order(nav: list[Any], documents: list[Document]) -> list[Document]:
    """The pages as the navigation lists them.

    Args:
        nav: MkDocs' navigation: texts, lists, and mappings of a title to either.
        documents: Pages in any order; those that it does not list come last.
    """

    def sources(entry: Any) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        inner = entry.values() if isinstance(entry, dict) else entry
        return [source for part in inner for source in sources(part)]

    order = {source: number for number, source in enumerate(sources(nav))}
    return sorted(
        documents, key=lambda document: order.get(document.source, len(order))
    )


def edition(root: Path, facts: Facts, site_url: str) -> Edition:
    """What is published, from the project's own files.

    Args:
        root: The repository's top folder.
        facts: The environment that the rules were checked in.
        site_url: The published address, or an empty string.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    # The newest day that the changelog or the resolution of dependencies names.
    days = _DAY.findall(project["tool"]["uv"]["exclude-newer"])
    changelog = root / "docs/changelog.md"
    if changelog.exists():
        days += _DAY.findall(changelog.read_text("utf-8"))
    return Edition(
        facts=facts,
        version=project["project"]["version"],
        day=date.fromisoformat(max(days)),
        site_url=site_url,
    )

"""What the build writes besides pages: for agents, language models and programs.

Pure: it returns paths and contents, made from the catalogue and from the complete
Markdown of the pages. The adapter writes them.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import Any

import skill
import yaml
from catalog import (
    DATABASES,
    IMPACTS,
    RULE_ID,
    TAGS,
    Catalog,
    Rule,
    Snippet,
)
from plain import is_code, plain, relink
from render import PROOFS, Facts, blocks
from skill import Edition, as_json, zip_archive

_DAY = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)")
#: What mkdocstrings fills in, and nothing else does.
_DIRECTIVE = re.compile(r"^::: (?P<name>\S+)(?:\n {4}.*)*$", re.MULTILINE)
#: How a page writes a line that the snippets extension must leave alone.
_ESCAPED_INCLUDE = re.compile(r"^( *);(?=--8<--)", re.MULTILINE)
_HREF = re.compile(r'href="(?P<target>[^":]+)"')
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
PORTABLE = "dbos-python-best-practices"
#: The front matter that other builders know; the rest is in the text already.
PORTABLE_KEYS = ("title", "description", "search", "hide")


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
        return {document.source: document for document in self.documents}.get(source)


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
    return sorted(documents, key=lambda document: order.get(document.source, 999))


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


def files(site: Site) -> dict[str, bytes]:
    """Every file that the build adds to the site, by its path in the site.

    Args:
        site: The catalogue and the pages.
    """
    made = {
        **skill.published(site.catalog, site.edition),
        **markdown_copies(site),
        "llms.txt": llms_index(site).encode(),
        "llms-full.txt": llms_full(site).encode(),
        "rules.json": as_json(rules(site)),
        "rules.schema.json": as_json(rules_schema(site)),
    }
    source = {f"{PORTABLE}/{name}": text for name, text in portable(site).items()}
    return made | {f"{PORTABLE}.zip": zip_archive(source, site.edition.day)}


def markdown_copies(site: Site) -> dict[str, bytes]:
    """Each page's Markdown, at its address plus `.md` and plus `index.md`.

    Args:
        site: The catalogue and the pages.
    """
    copies = {}
    for document in site.documents:
        text = markdown_copy(site, document, document.copy)
        copies[document.copy] = text.encode()
        index = f"{document.url}index.md"
        if not site.edition.site_url:
            # Relative links start elsewhere.
            text = markdown_copy(site, document, index)
        copies[index] = text.encode()
    return copies


def markdown_copy(site: Site, document: Document, path: str) -> str:
    """The page as Markdown that says where it comes from.

    Args:
        site: The pages that it links.
        document: The page.
        path: Where in the site the copy will be; relative links start there.
    """
    page = _address(site, document.url, path)
    index = _address(site, "llms.txt", path)
    head = f"> Markdown of {page} ({site.edition.facts.checked}). Index: {index}"
    return f"{head}\n\n{_linked(site, document, path)}"


def _address(site: Site, target: str, path: str) -> str:
    """Absolute when the site's address is known, or else relative to the path."""
    if site.edition.site_url:
        return site.edition.address(target)
    address = relpath(target or ".", dirname(path) or ".")
    return f"{address}/" if not target or target.endswith("/") else address


def _linked(site: Site, document: Document, path: str) -> str:
    """The page without markup, with links that hold at the path."""

    def of_source(target: str, is_name: bool) -> str | None:
        if is_name:
            return _address(site, site.object_url(target), path)
        if "://" in target or target.startswith(("#", "mailto:")):
            return target
        source, _, anchor = target.partition("#")
        source = normpath(join(dirname(document.source), source))
        if linked := site.document(source):
            return _address(site, linked.copy, path) + ("#" + anchor if anchor else "")
        return _address(site, source, path)

    def of_page(target: str) -> str:
        if "://" in target or target.startswith("#"):
            return target
        return _address(site, normpath(join(document.url, target)), path)

    where = _address(site, document.url, path)
    text = _DIRECTIVE.sub(rf"`\g<name>` is documented at {where}", document.markdown)
    text = plain(relink(text, of_source), of_page)
    return _ESCAPED_INCLUDE.sub(r"\1", text)


def llms_index(site: Site) -> str:
    """llms.txt: what there is, in the order in which to read it.

    Args:
        site: The catalogue and the pages.
    """

    def entry(document: Document, name: str = "") -> str:
        address = _address(site, document.copy, "llms.txt")
        return f"- [{name or document.title}]({address}): {document.description}"

    def link(name: str, path: str, note: str) -> str:
        return f"- [{name}]({_address(site, path, 'llms.txt')}): {note}"

    catalog = site.catalog
    listed: set[str] = set()
    sections = []
    for category in catalog.categories:
        lines = []
        for rule in catalog.rules_of(category):
            document = site.document(f"rules/{rule.id}.md")
            assert document is not None
            listed.add(document.source)
            lines.append(entry(document, f"{rule.id}: {rule.title}"))
        sections.append(
            f"## {category.title} ({category.impact_label})\n\n" + "\n".join(lines)
        )
    home = site.document("index.md")
    assert home is not None
    guides = [
        document
        for document in site.documents
        if document.source not in listed | {"index.md"} and "/" not in document.source
    ]
    others = [
        document
        for document in site.documents
        if document.source not in listed and document not in [home, *guides]
    ]
    complete = [
        link("llms-full.txt", "llms-full.txt", "every rule and guide in one file"),
        link("rules.json", "rules.json", "every rule's facts, for programs"),
        link("Agent skill", f"skill/{skill.NAME}.zip", "the same rules as a skill"),
    ]
    return (
        "\n\n".join(
            [
                f"# {home.title}",
                f"> {home.description}",
                f"Checked with {site.edition.facts.checked}. Code blocks are parts of "
                "programs that a test ran, the wrong ways included. Categories are in "
                "order of priority; a rule's id is its name everywhere.",
                *sections,
                "## Guides\n\n" + "\n".join(map(entry, guides)),
                "## Complete\n\n" + "\n".join(complete),
                "## Optional\n\n" + "\n".join(map(entry, others)),
            ]
        )
        + "\n"
    )


def llms_full(site: Site) -> str:
    """llms-full.txt: every rule and guide, rules in order of priority.

    Args:
        site: The catalogue and the pages.
    """
    guides = [document for document in site.documents if "/" not in document.source]
    ordered = [site.document(f"rules/{rule.id}.md") for rule in site.catalog.rules]
    path = "llms-full.txt"
    parts = [markdown_copy(site, page, path) for page in [*guides, *ordered] if page]
    return "\n---\n\n".join(parts)


def rules(site: Site) -> dict[str, Any]:
    """rules.json, as `rules_schema` describes it.

    Args:
        site: The catalogue and the pages.
    """
    catalog, edition = site.catalog, site.edition
    return {
        "$schema": _address(site, "rules.schema.json", "rules.json"),
        "version": edition.version,
        "updated": edition.day.isoformat(),
        "dbos": edition.facts.dbos_version,
        "databases": DATABASES,
        "categories": [
            {
                "name": category.title,
                "prefix": category.prefix,
                "priority": category.priority,
                "impact": category.impact,
                "description": category.description,
            }
            for category in catalog.categories
        ],
        "rules": [_rule(site, rule) for rule in catalog.rules],
    }


def _rule(site: Site, rule: Rule) -> dict[str, Any]:
    catalog = site.catalog
    wrong = [snippet for snippet in rule.snippets if snippet.kind == "incorrect"]
    return {
        "id": rule.id,
        "title": rule.title,
        "description": rule.description,
        "impact": rule.impact,
        "category": catalog.category_of(rule).title,
        "tags": rule.meta["tags"],
        "since": str(rule.meta["since"]),
        "failures": sorted({_label(snippet) for snippet in wrong}),
        "keywords": rule.meta["keywords"],
        "errors": rule.meta["errors"],
        "related": [other.id for other in catalog.related(rule)],
        "address": _address(site, f"rules/{rule.id}/", "rules.json"),
        "markdown": _address(site, f"rules/{rule.id}.md", "rules.json"),
        "snippets": [
            {
                "path": snippet.path.relative_to(catalog.root).as_posix(),
                "kind": snippet.kind,
                "outcome": _label(snippet),
                "databases": [snippet.needs] if snippet.needs else list(DATABASES),
            }
            for snippet in rule.snippets
        ],
    }


def _label(snippet: Snippet) -> str:
    return PROOFS[snippet.kind, snippet.expect][0].lower()


def rules_schema(site: Site) -> dict[str, Any]:
    """The JSON Schema of rules.json.

    Args:
        site: Says where it is published.
    """
    text = {"type": "string", "minLength": 1}
    texts = {"type": "array", "items": text, "uniqueItems": True}
    address = {"type": "string", "format": "uri-reference", "minLength": 1}
    impact = {"enum": list(IMPACTS)}
    rule_id = {"type": "string", "pattern": RULE_ID.pattern}
    databases = {"enum": list(DATABASES)}

    def record(**properties: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    snippet = record(
        path={"type": "string", "pattern": r"^snippets/[a-z0-9-]+/[a-z0-9_]+\.py$"},
        kind={"enum": ["incorrect", "correct", "demo"]},
        outcome={"enum": sorted({label.lower() for label, _ in PROOFS.values()})},
        databases={"type": "array", "items": databases, "minItems": 1},
    )
    rule = record(
        id=rule_id | {"description": "The rule's permanent name."},
        title=text,
        description=text,
        impact=impact | {"description": "What a violation costs."},
        category=text,
        tags={"type": "array", "items": {"enum": list(TAGS)}, "minItems": 1},
        since={
            "type": "string",
            "pattern": r"^\d+\.\d+$",
            "description": "The first dbos version where the advice holds.",
        },
        failures={
            "type": "array",
            "items": {"enum": ["fails", "unsafe", "wrong"]},
            "description": "What the incorrect programs do: raise, repeat or lose an "
            "effect after a crash, or end with a wrong result.",
        },
        keywords=texts | {"description": "Symptoms and other names, to search in."},
        errors=texts | {"description": "Error texts; braces stand for what differs."},
        related={"type": "array", "items": rule_id},
        address=address,
        markdown=address,
        snippets={"type": "array", "items": snippet, "minItems": 1},
    )
    category = record(
        name=text,
        prefix=text,
        priority={"type": "integer", "minimum": 1},
        impact=impact,
        description=text,
    )
    properties: dict[str, Any] = {
        "$schema": address,
        "version": text,
        "updated": {"type": "string", "format": "date"},
        "dbos": text | {"description": "The version that the rules are checked with."},
        "databases": {"type": "object", "additionalProperties": text},
        "categories": {"type": "array", "items": category},
        "rules": {"type": "array", "items": rule},
    }
    schema = {"$schema": SCHEMA_DIALECT, "title": "DBOS Python Best Practices: rules"}
    if address_of_schema := site.edition.address("rules.schema.json"):
        schema["$id"] = address_of_schema
    return schema | record(**properties)


def portable(site: Site) -> dict[str, bytes]:
    """The whole site as plain Markdown, with a mkdocs.yml that needs no hook.

    This is the way out: any builder that reads mkdocs.yml makes the same pages at the
    same addresses. Template overrides are left behind.

    Args:
        site: The catalogue and the pages.
    """
    made = {"mkdocs.yml": _portable_config(site).encode()}
    for document in site.documents:
        meta = {
            key: value for key, value in document.meta.items() if key in PORTABLE_KEYS
        }
        head = yaml.safe_dump(meta, sort_keys=False, allow_unicode=True)
        text = f"---\n{head}---\n\n{_portable_text(site, document)}\n"
        made[f"docs/{document.source}"] = text.encode()
    assets = site.catalog.root / "docs/_theme/assets"
    for path in sorted(assets.rglob("*")):
        if path.is_file():
            name = path.relative_to(assets).as_posix()
            made[f"docs/assets/{name}"] = path.read_bytes()
    return made


def _portable_text(site: Site, document: Document) -> str:
    """The page, where links to what only this site's build writes are absolute."""
    there = {path for page in site.documents for path in (page.source, page.url)}

    def elsewhere(target: str, base: str) -> str:
        if "://" in target or target.startswith(("#", "mailto:")):
            return target
        path, _, anchor = target.partition("#")
        path = normpath(join(base, path)).removeprefix(".")
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
    return _ESCAPED_INCLUDE.sub(r"\1", text.strip())


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml; values with tags are those that `_portable_config` sets."""


_ConfigLoader.add_multi_constructor("!", lambda *_: None)


def _portable_config(site: Site) -> str:
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

"""The site as text: a Markdown copy of each page, llms.txt and llms-full.txt. Pure."""

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath

from book.markdown import relink
from exports import skill
from exports.edition import Document, Site
from exports.plain import plain, without_escapes

#: What mkdocstrings fills in, and nothing else does.
_DIRECTIVE = re.compile(r"^::: (?P<name>\S+)(?:\n {4}.*)*$", re.MULTILINE)


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
    page = site.address(document.url, path)
    index = site.address("llms.txt", path)
    head = f"> Markdown of {page} ({site.edition.facts.checked}). Index: {index}"
    return f"{head}\n\n{_linked(site, document, path)}"


def _linked(site: Site, document: Document, path: str) -> str:
    """The page without markup, with links that hold at the path."""

    def of_source(target: str, is_name: bool) -> str | None:
        if is_name:
            return site.address(site.object_url(target), path)
        if "://" in target or target.startswith(("#", "mailto:")):
            return target
        source, mark, query = target.partition("?")
        if mark:
            # A page that does something, which its Markdown does not.
            source = normpath(join(dirname(document.source), source))
            shown = site.document(source)
            url = shown.url if shown else source
            return f"{site.address(url, path)}{mark}{query}"
        source, _, anchor = target.partition("#")
        source = normpath(join(dirname(document.source), source))
        if linked := site.document(source):
            return site.address(linked.copy, path) + ("#" + anchor if anchor else "")
        return site.address(source, path)

    def of_page(target: str) -> str:
        if "://" in target or target.startswith("#"):
            return target
        return site.address(normpath(join(document.url, target)), path)

    where = site.address(document.url, path)
    text = _DIRECTIVE.sub(rf"`\g<name>` is documented at {where}", document.markdown)
    text = plain(relink(text, of_source), of_page)
    return without_escapes(text)


def index(site: Site) -> str:
    """llms.txt: what there is, in the order in which to read it.

    Args:
        site: The catalogue and the pages.
    """

    def entry(document: Document, name: str = "") -> str:
        address = site.address(document.copy, "llms.txt")
        return f"- [{name or document.title}]({address}): {document.description}"

    def link(name: str, path: str, note: str) -> str:
        return f"- [{name}]({site.address(path, 'llms.txt')}): {note}"

    catalog = site.catalog
    # Those that no longer hold are no answer.
    listed = {f"rules/{rule.id}.md" for rule in catalog.retired}
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


def full(site: Site, copies: Mapping[str, bytes]) -> str:
    """llms-full.txt: every rule and guide, rules in order of priority.

    Args:
        site: The catalogue and the pages.
        copies: As `markdown_copies` gives them.
    """
    guides = [document for document in site.documents if "/" not in document.source]
    ordered = [site.document(f"rules/{rule.id}.md") for rule in site.catalog.rules]

    def copy(page: Document) -> str:
        # With absolute links it is the same everywhere.
        if site.edition.site_url:
            return copies[page.copy].decode()
        return markdown_copy(site, page, "llms-full.txt")

    parts = [copy(page) for page in [*guides, *ordered] if page]
    return "\n---\n\n".join(parts)

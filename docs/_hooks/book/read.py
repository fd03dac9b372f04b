"""Reads the catalogue from the repository's files."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import yaml

from book import checks, static_checks
from book.markdown import FRONT_MATTER, YAML_LOADER
from book.model import Catalog, CatalogError, Category, Page, Rule, Snippet, Utility
from book.problems import Problems
from book.records import CategoryMeta, PageMeta, RuleMeta
from book.vocabulary import RULE_ID

Meta = TypeVar("Meta", bound=PageMeta)


def load(root: Path) -> Catalog:
    """Reads the catalogue and insists that it is sound.

    Args:
        root: The repository's top folder.

    Raises:
        CatalogError: Something is wrong; the text lists file, line and remedy.
    """
    catalog = read(root)
    if catalog.problems:
        raise CatalogError("\n".join(map(str, catalog.problems)))
    return catalog


def read(root: Path, only: str = "*") -> Catalog:
    """Reads the catalogue and collects all that is wrong with it.

    A page whose front matter cannot be used is left out of the result, with a problem.

    Args:
        root: The repository's top folder.
        only: The id of one rule, to read and check no other.
    """
    problems = Problems(root)
    categories = sorted(
        filter(
            None,
            (
                _category(path, problems)
                for path in sorted(root.glob("docs/categories/*/index.md"))
            ),
        ),
        key=lambda category: category.priority,
    )
    order = [category.prefix for category in categories]
    utilities = static_checks.utilities(root, problems)
    rules = sorted(
        filter(
            None,
            (
                _rule(path, order, utilities, problems)
                for path in sorted(root.glob(f"docs/rules/{only}.md"))
                if path.name != "index.md"
            ),
        ),
        key=lambda rule: (order.index(rule.prefix), rule.order),
    )
    guides = _snippets(root, "_*")
    known = {rule.id for rule in rules}
    loose = [
        file
        for path in sorted(root.glob(f"docs/rules/{only}.md"))
        if path.stem not in known
        for file in _snippets(root, path.stem)
    ]
    for snippet in [*guides, *(file for rule in rules for file in rule.snippets)]:
        checks.check_snippet(snippet, problems)
    for rule in rules:
        checks.check_rule(rule, problems)
    checks.check_guides(guides, problems)
    checks.check_across(rules, problems)
    return Catalog(
        root=root,
        categories=tuple(categories),
        rules=tuple(rule for rule in rules if not rule.is_retired),
        retired=tuple(rule for rule in rules if rule.is_retired),
        guides=guides,
        utilities=utilities,
        loose=tuple(loose),
        problems=tuple(sorted(problems)),
    )


def _snippets(root: Path, folder: str) -> tuple[Snippet, ...]:
    return tuple(
        Snippet(file.parent.name, file, file.read_text("utf-8"))
        for file in sorted(root.glob(f"snippets/{folder}/*.py"))
    )


def _category(path: Path, problems: Problems) -> Category | None:
    page = _page(path, CategoryMeta, problems)
    if page is None:
        return None
    checks.check_text(page, problems)
    return Category(page.path, page.meta, page.meta_lines, page.body, page.body_line)


def _rule(
    path: Path,
    prefixes: list[str],
    utilities: Mapping[str, Utility],
    problems: Problems,
) -> Rule | None:
    match = RULE_ID.match(path.stem)
    if not match or match[1] not in prefixes:
        problems.note(
            path,
            1,
            f"{path.stem!r} is no rule id.",
            "Name it <prefix>-<slug>, the slug of at most four words; "
            f"prefixes: {', '.join(prefixes)}.",
        )
        return None
    page = _page(path, RuleMeta, problems)
    snippets = _snippets(problems.root, path.stem)
    if page is None:
        for snippet in snippets:
            checks.check_snippet(snippet, problems)
        return None
    return Rule(
        page.path,
        page.meta,
        page.meta_lines,
        page.body,
        page.body_line,
        snippets,
        static_checks.checks_of(problems.root, path.stem, utilities, problems),
    )


def _page(path: Path, kind: type[Meta], problems: Problems) -> Page[Meta] | None:
    """The page, or None when its front matter cannot be used."""
    text = path.read_text("utf-8")
    match = FRONT_MATTER.match(text)
    if not match:
        problems.note(path, 1, "no front matter.", "Begin the file with a --- block.")
        return None
    try:
        meta = yaml.load(match[1], YAML_LOADER)
        node = yaml.compose(match[1], YAML_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 2 + mark.line if mark else 1
        problems.note(path, line, "front matter is not YAML.", str(error))
        return None
    if not isinstance(meta, dict) or not isinstance(node, yaml.MappingNode):
        problems.note(path, 2, "front matter is no mapping.", "Write `key: value`.")
        return None
    lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
    faults = kind.faults(meta)
    for key, message, remedy in faults:
        problems.note(path, lines.get(key, 1), message, remedy)
    if faults:
        return None
    body = text[match.end() :]
    body_line = text[: match.end()].count("\n") + 1
    return Page(path, kind.model_validate(meta), lines, body, body_line)

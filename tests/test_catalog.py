"""Pages, snippets and metadata agree."""

import re
from pathlib import Path

import catalog
import new_rule
import pytest
from catalog import Catalog
from conftest import ROOT

#: Given, and the same for ever: priority, category, impact, prefix.
PRIORITIES = [
    (1, "Lifecycle", "critical", "lifecycle"),
    (2, "Workflow", "critical", "workflow"),
    (3, "Step", "high", "step"),
    (4, "Queue", "high", "queue"),
    (5, "Communication", "medium", "comm"),
    (6, "Pattern", "medium", "pattern"),
    (7, "Testing", "low-medium", "test"),
    (8, "Client", "medium", "client"),
    (9, "Advanced", "low", "advanced"),
]


def test_nothing_is_wrong_with_the_catalogue() -> None:
    problems = catalog.read(ROOT).problems
    assert not problems, "\n".join(map(str, problems))


def test_the_nine_categories(catalog: Catalog) -> None:
    found = [
        (category.priority, category.title, category.impact, category.prefix)
        for category in catalog.categories
    ]
    assert found == PRIORITIES


def test_every_page_has_a_rule_and_every_rule_its_place(catalog: Catalog) -> None:
    pages = {path.stem for path in ROOT.glob("docs/rules/*.md")} - {"index"}
    folders = {path.name for path in ROOT.glob("snippets/[!_]*/")}
    assert pages == folders == {rule.id for rule in catalog.rules}
    listed = [rule for c in catalog.categories for rule in catalog.rules_of(c)]
    assert listed == list(catalog.rules)


def test_relations_are_shown_both_ways(catalog: Catalog) -> None:
    for rule in catalog.rules:
        for other in catalog.related(rule):
            assert rule in catalog.related(other)


def test_front_matter_keys_and_region_markers_are_all_needed(
    catalog: Catalog, copy_of_the_rules: Path
) -> None:
    """Whatever rule loses one of them, the catalogue names the file."""
    root = copy_of_the_rules
    for rule in catalog.rules:
        page = root / rule.path.relative_to(ROOT)
        original = page.read_text("utf-8")
        for key in rule.meta:
            page.write_text(_without_key(original, key), "utf-8")
            assert problems_of(root, rule.id, page), f"{page}: {key} is not needed"
        page.write_text(original, "utf-8")
        for snippet in rule.snippets:
            path = root / snippet.path.relative_to(ROOT)
            for number, line in enumerate(snippet.lines):
                if not catalog_region(line):
                    continue
                lines = snippet.lines[:number] + snippet.lines[number + 1 :]
                path.write_text("\n".join(lines) + "\n", "utf-8")
                assert problems_of(root, rule.id, path), f"{path}: {line}"
            path.write_text(snippet.source, "utf-8")


def test_a_new_rule_is_rejected_until_it_is_filled_in(copy_of_the_rules: Path) -> None:
    files = new_rule.create(copy_of_the_rules, "queue-example")
    problems = catalog.read(copy_of_the_rules).problems
    for path in files:
        name = path.relative_to(copy_of_the_rules).as_posix()
        assert any(problem.path == name for problem in problems), name
    with pytest.raises(ValueError, match="exists"):
        new_rule.create(copy_of_the_rules, "queue-example")
    with pytest.raises(ValueError, match="no rule id"):
        new_rule.create(copy_of_the_rules, "tenth-example")


def problems_of(root: Path, rule: str, path: Path) -> list[catalog.Problem]:
    name = path.relative_to(root).as_posix()
    problems = catalog.read(root, rule).problems
    return [problem for problem in problems if problem.path == name]


def catalog_region(line: str) -> bool:
    return catalog.REGION.match(line) is not None


def _without_key(page: str, key: str) -> str:
    """The page without that front-matter key and the lines of its value."""
    return re.sub(rf"^{key}:.*\n((?: +|- ).*\n)*", "", page, count=1, flags=re.M)

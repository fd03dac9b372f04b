"""Pages, snippets and metadata agree."""

import re
from pathlib import Path

import new_rule
import pytest
from support import ROOT

from book import changelog
from book.model import Catalog
from book.read import read
from book.records import RuleMeta
from book.vocabulary import REGION

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
    problems = read(ROOT).problems
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
    assert pages == {rule.id for rule in catalog.every_rule}
    assert folders >= {rule.id for rule in catalog.rules}
    assert folders <= pages
    listed = [rule for c in catalog.categories for rule in catalog.rules_of(c)]
    assert listed == list(catalog.rules)


def test_relations_are_shown_both_ways(catalog: Catalog) -> None:
    for rule in catalog.rules:
        for other in catalog.related(rule):
            assert rule in catalog.related(other)


def test_every_front_matter_key_is_needed(
    catalog: Catalog, copy_of_the_rules: Path
) -> None:
    """Each rule that loses the key is named with it."""
    root = copy_of_the_rules
    for key, field in RuleMeta.model_fields.items():
        if not field.is_required():
            continue
        expected = set()
        for rule in catalog.rules:
            page = rule.path.relative_to(ROOT)
            original = rule.path.read_text("utf-8")
            (root / page).write_text(_without_key(original, key), "utf-8")
            expected.add((page.as_posix(), f"front matter has no {key}."))
        found = {(each.path, each.message) for each in read(root).problems}
        assert expected <= found, expected - found


def test_every_region_marker_is_needed(
    catalog: Catalog, copy_of_the_rules: Path
) -> None:
    """Each snippet that loses one of them is named."""
    root = copy_of_the_rules
    markers = {
        snippet: [i for i, line in enumerate(snippet.lines) if REGION.match(line)]
        for snippet in catalog.snippets
    }
    for nth in range(max(map(len, markers.values()))):
        expected = set()
        for snippet, numbers in markers.items():
            path, lines = snippet.path.relative_to(ROOT), list(snippet.lines)
            if nth < len(numbers):
                lost = REGION.match(lines.pop(numbers[nth]))
                assert lost
                left = ["end" if lost["edge"] == "start" else "start"]
                message = f"region {lost['name']!r} has the markers {left}."
                expected.add((path.as_posix(), message))
            (root / path).write_text("\n".join(lines) + "\n", "utf-8")
        found = {(each.path, each.message) for each in read(root).problems}
        assert expected <= found, expected - found


def test_the_changelog_names_every_rule(catalog: Catalog) -> None:
    assert changelog.load(catalog)


@pytest.mark.parametrize("kind", new_rule.KINDS)
def test_a_new_rule_is_rejected_until_it_is_filled_in(
    copy_of_the_rules: Path, kind: str
) -> None:
    files = new_rule.create(copy_of_the_rules, "queue-example", kind)
    problems = read(copy_of_the_rules).problems
    for path in files:
        name = path.relative_to(copy_of_the_rules).as_posix()
        assert any(problem.path == name for problem in problems), name
    with pytest.raises(ValueError, match="exists"):
        new_rule.create(copy_of_the_rules, "queue-example")
    for name in ("tenth-example", "queue-of-more-than-four-words"):
        with pytest.raises(ValueError, match=r"no rule id.*at most four words"):
            new_rule.create(copy_of_the_rules, name)


def _without_key(page: str, key: str) -> str:
    """The page without that front-matter key and the lines of its value."""
    return re.sub(rf"^{key}:.*\n((?: +|- ).*\n)*", "", page, count=1, flags=re.M)


def test_each_question_has_a_short_answer_that_leads_to_a_page() -> None:
    text = (ROOT / "docs/faq.md").read_text("utf-8")
    answers = re.findall(r"^### .*\n\n((?:.+\n)+)", text, re.MULTILINE)
    assert len(answers) == text.count("\n### ") >= 30
    for answer in answers:
        prose = re.sub(r"`[^`]*`|\]\([^)]*\)", "", answer)
        assert len(re.findall(r"[.!?](?:\s|$)", prose)) <= 3, answer
        assert re.search(r"\]\((rules/[a-z0-9-]+|\w[\w-]*)\.md", answer), answer

"""All rules in one table and in one checklist."""

from pathlib import Path

import markup
import pytest

from book.model import Catalog, Rule, Snippet
from book.records import RuleMeta
from pages import lists


def rule_with(files: dict[str, str]) -> Rule:
    """A rule whose files begin with those directives."""
    meta = RuleMeta(
        title="T",
        description="D.",
        impact="low",
        tags=["queues"],
        since="3.0",
        keywords=["k"],
        errors=[],
        related=[],
    )
    return Rule(
        Path("queue-example.md"),
        meta,
        {},
        "",
        1,
        tuple(
            Snippet("queue-example", Path(f"{name}.py"), directives)
            for name, directives in files.items()
        ),
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"correct": "# expect: ok", "incorrect": "# expect: wrong"}, ["wrong"]),
        ({"incorrect": "# expect: raises KeyError"}, ["raises"]),
        (
            {
                "incorrect": "# expect: crash",
                "incorrect_name": "# expect: raises KeyError",
                "incorrect_type": "# expect: raises TypeError",
            },
            ["raises", "crash"],
        ),
        ({"correct": "# expect: crash", "demo": "# expect: crash"}, ["shown"]),
    ],
)
def test_failures_are_what_incorrect_files_declare(
    files: dict[str, str], expected: list[str]
) -> None:
    assert lists.failures(rule_with(files)) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"correct": "# expect: ok", "incorrect": "# expect: wrong"}, ["both"]),
        ({"demo": "# needs: postgres - why", "correct": ""}, ["postgres"]),
        (
            {"demo_a": "# needs: postgres - why", "demo_b": "# needs: sqlite - why"},
            ["sqlite", "postgres"],
        ),
    ],
)
def test_databases_are_what_files_need(
    files: dict[str, str], expected: list[str]
) -> None:
    assert lists.databases(rule_with(files)) == expected


def test_the_table_has_each_rule_once_with_its_values(
    site: Path, catalog: Catalog
) -> None:
    table = markup.one(markup.load(site / "rules/index.html"), "table")
    rows = markup.find(table, "tbody > tr")
    assert len(rows) == len(catalog.rules)
    for rule, row in zip(catalog.rules, rows, strict=True):
        assert row.attributes == {
            "data-category": catalog.category_of(rule).slug,
            "data-impact": rule.impact,
            "data-failure": " ".join(lists.failures(rule)),
            "data-database": " ".join(lists.databases(rule)),
            "data-check": "yes" if rule.checks else "no",
            "data-tag": " ".join(rule.meta.tags),
            "data-keywords": " | ".join(rule.meta.keywords),
        }
        first, *others = markup.find(row, "td")
        assert markup.values(first, "a:has(> code)", "href") == [f"{rule.id}/"]
        assert markup.texts(first, "a > code") == [rule.id]
        assert markup.texts(first, "strong") == [f"{rule.title}."]
        cells = [markup.text(cell) for cell in others]
        assert cells[:2] == [catalog.category_of(rule).title, rule.impact_label]
        assert cells[-1] == ", ".join(rule.meta.tags)


def test_the_checklist_has_each_rule_once_in_its_category(
    site: Path, catalog: Catalog
) -> None:
    page = markup.one(markup.load(site / "checklist/index.html"), ".checklist")
    headings = markup.find(page, "h2")
    assert len(markup.find(page, "ul")) == len(headings)
    for category, heading in zip(catalog.categories, headings, strict=True):
        assert heading.id == category.slug
        lines = markup.find(markup.after(heading), "ul > li")
        assert [line.html for line in lines] == [
            f'<li><input type="checkbox" id="tick-{rule.id}"> '
            f'<label for="tick-{rule.id}">{rule.title}</label> '
            f'<a href="../rules/{rule.id}/"><code>{rule.id}</code></a> '
            f"<small>{rule.impact_label}{', static check' * bool(rule.checks)}</small>"
            "</li>"
            for rule in catalog.rules_of(category)
        ]


def test_only_the_table_loads_its_script(site: Path) -> None:
    loading = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if markup.find(markup.load(path), 'script[src$="filter.js"]')
    ]
    assert loading == ["rules/index.html"]
    assert (site / "assets/filter.js").exists()

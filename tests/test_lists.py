"""All rules in one table and in one checklist."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from book.model import Catalog, Rule, Snippet
from book.records import RuleMeta
from pages import lists


class Tags(HTMLParser):
    """Collects the attributes of each start tag of one kind."""

    def __init__(self, html: str, tag: str) -> None:
        super().__init__()
        self.tag = tag
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.tag:
            self.found.append(dict(attrs))


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
    html = (site / "rules/index.html").read_text("utf-8")
    assert html.count("<table") == 1
    rows = html.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")[:-1]
    assert len(rows) == len(catalog.rules)
    for rule, row in zip(catalog.rules, rows, strict=True):
        [attributes] = Tags(row, "tr").found
        assert attributes == {
            "data-category": catalog.category_of(rule).slug,
            "data-impact": rule.impact,
            "data-failure": " ".join(lists.failures(rule)),
            "data-database": " ".join(lists.databases(rule)),
            "data-tag": " ".join(rule.meta.tags),
            "data-keywords": " | ".join(rule.meta.keywords),
        }
        assert f'<a href="{rule.id}/"><code>{rule.id}</code></a>' in row
        assert f"<strong>{rule.title}.</strong>" in row
        words = [catalog.category_of(rule).title, rule.impact_label]
        for cell in [*words, ", ".join(rule.meta.tags)]:
            assert f"<td>{cell}</td>" in row


def test_the_checklist_has_each_rule_once_in_its_category(
    site: Path, catalog: Catalog
) -> None:
    html = (site / "checklist/index.html").read_text("utf-8")
    _, *parts = re.split(r'<h2 id="', html.partition('<div class="checklist">')[2])
    for category, part in zip(catalog.categories, parts, strict=True):
        assert part.startswith(category.slug)
        lines = re.findall(r"<li>.*</li>", part.partition("</ul>")[0])
        assert lines == [
            f'<li><input type="checkbox" id="tick-{rule.id}"> '
            f'<label for="tick-{rule.id}">{rule.title}</label> '
            f'<a href="../rules/{rule.id}/"><code>{rule.id}</code></a> '
            f"<small>{rule.impact_label}</small></li>"
            for rule in catalog.rules_of(category)
        ]


def test_only_the_table_loads_its_script(site: Path) -> None:
    loading = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if any(
            (script.get("src") or "").endswith("filter.js")
            for script in Tags(path.read_text("utf-8"), "script").found
        )
    ]
    assert loading == ["rules/index.html"]
    assert (site / "assets/filter.js").exists()

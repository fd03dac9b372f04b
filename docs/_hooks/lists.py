"""All rules as one table that can be filtered, and as one checklist.

Pure, like the catalogue that they show. Both are complete without JavaScript, and their
links are Markdown, so that the builder checks and rewrites them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from catalog import DATABASES, IMPACTS, TAGS, Catalog, Rule

#: What incorrect files declare with `# expect:`, in the order of the table.
FAILURES = ("raises", "wrong", "crash")


def failures(rule: Rule) -> list[str]:
    """How the rule's wrong ways go wrong.

    Args:
        rule: The rule, with its snippets.

    Returns:
        Some of `FAILURES`, or `shown` alone for a rule that has demos only.
    """
    declared = {file.expect for file in rule.snippets if file.kind == "incorrect"}
    return [kind for kind in FAILURES if kind in declared] or ["shown"]


def databases(rule: Rule) -> list[str]:
    """The databases that a part of the rule needs, as its files say with `# needs:`.

    Args:
        rule: The rule, with its snippets.

    Returns:
        Some keys of `DATABASES`, or `both` alone when every file runs on either.
    """
    needed = {file.needs for file in rule.snippets}
    return [name for name in DATABASES if name in needed] or ["both"]


@dataclass(frozen=True)
class Column:
    """A column that the table can be filtered by; its name stands in the address."""

    name: str
    title: str
    labels: Mapping[str, str]
    values: Callable[[Rule], list[str]]

    def choices(self, catalog: Catalog) -> dict[str, str]:
        """The values that occur, and how they read."""
        used = {value for rule in catalog.rules for value in self.values(rule)}
        return {value: text for value, text in self.labels.items() if value in used}

    def text(self, rule: Rule) -> str:
        """The rule's cell."""
        return ", ".join(self.labels[value] for value in self.values(rule))


def columns(catalog: Catalog, words: Mapping[str, str]) -> list[Column]:
    """The table's columns after the first.

    Args:
        catalog: Names the categories.
        words: What pages call each kind of failure, and `shown`.
    """
    return [
        Column(
            "category",
            "Category",
            {category.slug: category.title for category in catalog.categories},
            lambda rule: [catalog.category_of(rule).slug],
        ),
        Column(
            "impact",
            "Impact",
            {impact: impact.upper() for impact in IMPACTS},
            lambda rule: [rule.impact],
        ),
        Column("failure", "Failure", words, failures),
        Column(
            "database",
            "Database",
            {"both": "Both"}
            | {
                name: f"{label.split()[0]} only in part"
                for name, label in DATABASES.items()
            },
            databases,
        ),
        Column(
            "tag", "Tags", {tag: tag for tag in TAGS}, lambda rule: rule.meta["tags"]
        ),
    ]


def all_rules(catalog: Catalog, words: Mapping[str, str]) -> str:
    """Every rule as a row of one table, below the form that filters it.

    The rows carry what docs/_theme/assets/filter.js filters by. The form is there from
    the start, so that nothing moves when the script comes; the style sheet hides it
    where there is no script.

    Args:
        catalog: The rules, in the order of the rows.
        words: What pages call each kind of failure, and `shown`.
    """
    shown = columns(catalog, words)
    heads = ["Rule", *(column.title for column in shown)]
    lines = [_filter_form(catalog, shown), ""]
    lines.append('<table class="rule-table" markdown>')
    lines += ["<thead markdown>", "<tr markdown>"]
    lines += [f'<th scope="col" markdown>{head}</th>' for head in heads]
    lines += ["</tr>", "</thead>", "<tbody markdown>"]
    for rule in catalog.rules:
        data = {column.name: " ".join(column.values(rule)) for column in shown}
        data["keywords"] = " | ".join(rule.meta["keywords"])
        lines += [
            f"<tr {_attributes(data)} markdown>",
            f"<td markdown>[`{rule.id}`]({rule.id}.md) **{rule.title}.** "
            f"{rule.description}</td>",
            *(f"<td markdown>{column.text(rule)}</td>" for column in shown),
            "</tr>",
        ]
    return "\n".join([*lines, "</tbody>", "</table>"])


def _filter_form(catalog: Catalog, shown: list[Column]) -> str:
    """One control a column and one for free text.

    The text's name is `text`, as the theme's search reads `q` from the address.
    """
    text = "Text in id, title, description, tags or keywords"
    lines = [
        '<form class="rule-filter" aria-label="Filter rules">',
        f'<div><label for="filter-text">{text}</label>',
        '<input type="search" id="filter-text" name="text" autocomplete="off"></div>',
    ]
    for column in shown:
        options = "".join(
            f'<option value="{escape(value)}">{escape(label)}</option>'
            for value, label in ({"": "All"} | column.choices(catalog)).items()
        )
        lines += [
            f'<div><label for="filter-{column.name}">{column.title}</label>',
            f'<select id="filter-{column.name}" name="{column.name}" '
            f'autocomplete="off">{options}</select></div>',
        ]
    rules = len(catalog.rules)
    lines += [
        f'<p><output aria-live="polite">{rules} of {rules} rules</output>',
        '<button type="button" hidden>Reset filters</button></p>',
        "</form>",
    ]
    return "\n".join(lines)


def _attributes(data: Mapping[str, str]) -> str:
    return " ".join(f'data-{name}="{escape(text)}"' for name, text in data.items())


def checklist(catalog: Catalog) -> str:
    """Every rule as one line to tick, by category.

    Args:
        catalog: The rules, in the order of the lines.
    """
    lines = ['<div class="checklist" markdown>', ""]
    for category in catalog.categories:
        link = f"categories/{category.slug}/index.md"
        lines += [f"## [{category.title}]({link}) {{ #{category.slug} }}", ""]
        for rule in catalog.rules_of(category):
            box = f"tick-{rule.id}"
            lines.append(
                f'- <input type="checkbox" id="{box}"> '
                f'<label for="{box}">{rule.title}</label> '
                f"[`{rule.id}`](rules/{rule.id}.md) <small>{rule.impact_label}</small>"
            )
        lines.append("")
    return "\n".join([*lines, "</div>"])

"""What lists rules and words: priorities, categories, all rules, errors, terms.

Pure, like the catalogue that they show. All are complete without JavaScript, and their
links are Markdown, so that the builder checks and rewrites them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from book import errors, terms
from book.markdown import code_span
from book.model import Catalog, Category, Rule
from book.vocabulary import ASTGREP, DATABASES, IMPACTS, OLDEST_ASTGREP, TAGS

#: Heading and first sentence of each section of the errors page.
ERROR_SECTIONS = {
    "codes": (
        "DBOS errors by code",
        "A traceback names the class as `dbos._error.<class>`.",
    ),
    "others": (
        "Errors without a text or from elsewhere",
        "dbos, Python or SQLAlchemy raise these where dbos is used.",
    ),
    "rules": (
        "Raised with other texts",
        "The rule under each text shows where it comes from. A text that begins with "
        "`DBOS Error:` belongs to a `DBOSException`.",
    ),
    "log": (
        "Log warnings",
        "Nothing is raised. The logger `dbos` writes a line and the program goes on, "
        "unless the text says otherwise.",
    ),
}
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
            "check",
            "Check",
            {"yes": "Yes", "no": "No"},
            lambda rule: ["yes" if rule.checks else "no"],
        ),
        Column(
            "tag", "Tags", {tag: tag for tag in TAGS}, lambda rule: list(rule.meta.tags)
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
        data["keywords"] = " | ".join(rule.meta.keywords)
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
            mark = ", static check" if rule.checks else ""
            lines.append(
                f'- <input type="checkbox" id="{box}"> '
                f'<label for="{box}">{rule.title}</label> '
                f"[`{rule.id}`](rules/{rule.id}.md) "
                f"<small>{rule.impact_label}{mark}</small>"
            )
        lines.append("")
    return "\n".join([*lines, "</div>"])


def bundle(catalog: Catalog) -> str:
    """What the file of all checks holds, in one sentence.

    Args:
        catalog: The checks.
    """
    rules = {check.rule for check in catalog.checks}
    return (
        f"The file has {len(catalog.checks)} checks of {len(rules)} rules. "
        f"ast-grep {OLDEST_ASTGREP} and {ASTGREP} report the same in all programs "
        "of this site."
    )


def checker(catalog: Catalog) -> str:
    """The form that checks code in the page; docs/_theme/assets/check.js runs it.

    Args:
        catalog: The incorrect programs that it offers as examples.
    """
    options = ['<option value="">None</option>']
    for rule in catalog.rules:
        names = dict.fromkeys(check.found[0] for check in rule.checks)
        if names:
            inner = "".join(
                f'<option value="{name}">{name}.py</option>' for name in names
            )
            options.append(f'<optgroup label="{rule.id}">{inner}</optgroup>')
    return "\n".join(
        [
            '<form class="check" aria-label="Check code">',
            '<div class="check-tools">',
            '<div><label for="check-file">Open a file, or drop one below</label>',
            '<input type="file" id="check-file" accept=".py,text/x-python"></div>',
            '<div><label for="check-example">Load an incorrect program</label>',
            f'<select id="check-example" name="example" autocomplete="off">'
            f"{''.join(options)}</select></div>",
            "</div>",
            '<div class="check-editor"><div class="check-gutter" aria-hidden="true">'
            "</div>",
            '<textarea aria-label="Python code" placeholder="Paste Python that uses '
            'DBOS" spellcheck="false" autocapitalize="off" autocomplete="off" '
            'wrap="off"></textarea></div>',
            '<div class="check-result"><output aria-live="polite"></output>',
            '<button type="button" name="copy" hidden>Copy findings as Markdown'
            "</button></div>",
            "</form>",
            '<ol class="check-findings" aria-label="Findings"></ol>',
        ]
    )


def checks(catalog: Catalog) -> str:
    """How many incorrect programs the checks find, by category.

    Args:
        catalog: The rules, whose tests prove each number.
    """
    found = {name for check in catalog.checks for name in check.found}
    rows: list[str] = []
    total = [0, 0, 0, 0]
    for category in catalog.categories:
        rules = catalog.rules_of(category)
        wrong = {
            f"{rule.id}/{file.name}"
            for rule in rules
            for file in rule.snippets
            if file.kind == "incorrect"
        }
        checked = [rule for rule in rules if rule.checks]
        counts = [len(rules), len(checked), len(wrong), len(wrong & found)]
        total = [a + b for a, b in zip(total, counts, strict=True)]
        link = f"[{category.title}](categories/{category.slug}/index.md)"
        rows.append(f"| {' | '.join([link, *map(str, counts)])} |")
    lines = [
        f"The checks find {total[3]} of the {total[2]} incorrect programs of this "
        "site, each on a line that its page shows. "
        f"{_reported(catalog, found)}",
        "",
        "| Category | Rules | With a check | Incorrect programs | Found |",
        "| --- | --- | --- | --- | --- |",
        *rows,
    ]
    return "\n".join(lines)


def _reported(catalog: Catalog, found: set[str]) -> str:
    """Which correct programs the checks report all the same."""
    names = [
        f"`{rule.id}/{file.name}.py`"
        for rule in catalog.rules
        for file in rule.snippets
        if file.kind == "correct" and f"{rule.id}/{file.name}" in found
    ]
    if not names:
        return "Of the correct programs, they report none."
    return (
        f"Of the correct programs, they report {', '.join(names)} alone: it has a "
        "violation on purpose, outside of the lines shown."
    )


def priorities(catalog: Catalog, up: str = "") -> str:
    """The categories as a table, the most important first.

    Args:
        catalog: The categories, and how many rules each has.
        up: Leads from the page to the folder of all pages.
    """
    rows = [
        "| Priority | Category | Impact | Prefix | Rules |",
        "| --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| {category.priority} "
        f"| [{category.title}]({up}categories/{category.slug}/index.md) "
        f"| {category.impact_label} | `{category.prefix}-` "
        f"| {len(catalog.rules_of(category))} |"
        for category in catalog.categories
    ]
    return "\n".join(rows)


def of_category(catalog: Catalog, category: Category) -> str:
    """A category's rules with their descriptions.

    Args:
        catalog: The rules.
        category: Whose page it is for.
    """
    rules, folder = catalog.rules_of(category), "../../rules/"
    if not rules:
        return "No rule yet."
    return "\n".join(
        f"- [`{rule.id}`]({folder}{rule.id}.md) · {rule.impact_label}  \n"
        f"  **{rule.title}.** {rule.description}"
        for rule in rules
    )


def all_errors(catalog: Catalog) -> str:
    """The errors page's lists.

    Args:
        catalog: Gives the rules and the folder of the data file.

    Raises:
        CatalogError: As for `entries`.
    """
    found = errors.entries(catalog)
    parts = []
    for section, (heading, sentence) in ERROR_SECTIONS.items():
        own = [entry for entry in found if entry.section == section]
        parts.append(f"## {heading}\n\n{sentence}")
        if section == "codes":
            parts.append(_error_codes(own))
        if section != "rules":
            parts.append(_error_list(catalog, own))
            continue
        for category in catalog.categories:
            of_category = [
                entry
                for entry in own
                if catalog.rule(entry.rules[0]).prefix == category.prefix
            ]
            if of_category:
                parts.append(
                    f"### {category.title}\n\n{_error_list(catalog, of_category)}"
                )
    return "\n\n".join(parts)


def _error_codes(found: list[errors.Entry]) -> str:
    first: dict[int, str] = {}
    for entry in found:
        if entry.code:
            first.setdefault(entry.code, entry.anchor)
    links = " ".join(f"[{code}](#{anchor})" for code, anchor in first.items())
    return f"Codes: {links}\n{{ .error-codes }}"


def _error_list(catalog: Catalog, found: list[errors.Entry]) -> str:
    rows = "\n\n".join(_error(catalog, entry) for entry in found)
    return f'<div class="errors" markdown>\n\n{rows}\n\n</div>'


def _error(catalog: Catalog, entry: errors.Entry) -> str:
    """Term and description: the text, its cause, and where to go."""
    name = "Link to this error"
    link = (
        f"[¶](#{entry.anchor})"
        f'{{ .headerlink title="{name}" aria-label="{name}: {entry.anchor}" }}'
    )
    term = f"{code_span(entry.printed)} {link} {{ #{entry.anchor} }}"
    links = []
    if entry.section == "codes":
        links.append(f"[`{entry.kind}`][dbos._error.{entry.kind}]")
    if entry.level:
        links.append(entry.level.capitalize())
    for rule in map(catalog.rule, entry.rules):
        links.append(f"[{rule.title}](rules/{rule.id}.md)")
    if entry.reference:
        name = entry.reference.removeprefix("dbos.").removeprefix("_error.")
        links.append(f"[`{name}`][{entry.reference}]")
    lines = [entry.cause, f"{' · '.join(links)}\n    {{ .error-where }}"]
    return f"{term}\n\n:   " + "\n\n    ".join(filter(None, lines))


def all_terms(catalog: Catalog) -> str:
    """The page of terms: each with its definition, in alphabetical order.

    Args:
        catalog: Gives the rules and the folder of the data file.

    Raises:
        CatalogError: As for `entries`.
    """
    rows = "\n\n".join(_term(catalog, term) for term in terms.entries(catalog))
    return f'<div class="terms" markdown>\n\n{rows}\n\n</div>'


def _term(catalog: Catalog, term: terms.Term) -> str:
    name = "Link to this term"
    link = (
        f"[¶](#{term.anchor})"
        f'{{ .headerlink title="{name}" aria-label="{name}: {term.name}" }}'
    )
    rule = catalog.rule(term.rule)
    return (
        f"{term.name} {link} {{ #{term.anchor} }}\n\n"
        f":   {term.text} Shown by [{rule.title}](rules/{rule.id}.md)."
    )

"""Words that are introduced: each has a definition, and its first use leads there."""

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import markup
import pytest
from selectolax.lexbor import LexborNode
from support import ROOT

from book import terms
from book.markdown import prose
from book.model import Catalog, CatalogError
from book.read import read
from book.terms import Term
from exports import skill
from exports.edition import Edition
from exports.tokens import REFERENCE_TOKENS, tokens
from pages.render import Facts, page
from pages.terms import with_links

#: What is no prose on a page, or is no author's.
NO_PROSE = (
    "h1, h2, h3, pre, code, th, a:not(.term), svg, figure, summary, label, "
    ".proof, .rule-facts, .rule-checked, tr:has(.case-line) td:not(:first-child)"
)
SOURCE = "rules/queue-basics.md"


@pytest.fixture(scope="module")
def known(catalog: Catalog) -> tuple[Term, ...]:
    return terms.entries(catalog)


@pytest.fixture
def edited(catalog: Catalog, tmp_path: Path) -> Callable[[str, str], Catalog]:
    """A catalogue with another data file, in which one text is replaced once."""

    def edit(old: str, new: str) -> Catalog:
        source = (ROOT / terms.SOURCE).read_text("utf-8")
        assert old in source
        path = tmp_path / terms.SOURCE
        path.parent.mkdir(parents=True)
        path.write_text(source.replace(old, new, 1), "utf-8")
        for guide in ROOT.glob("docs/*.md"):
            shutil.copyfile(guide, tmp_path / "docs" / guide.name)
        return replace(catalog, root=tmp_path)

    return edit


@pytest.fixture
def copy(copy_of_the_rules: Path) -> Path:
    """A folder with all pages, snippets and terms, to break."""
    (copy_of_the_rules / terms.SOURCE).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / terms.SOURCE, copy_of_the_rules / terms.SOURCE)
    return copy_of_the_rules


def problems(catalog: Catalog) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        terms.entries(catalog)
    return str(caught.value).splitlines()


FIRST = "- anchor: application-database\n"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (FIRST, "anchors: [\n", "the file is not YAML. "),
        (FIRST, f"- word\n{FIRST}", "the row is no mapping. Write the keys anchor, "),
        (FIRST, "- ankor: x\n", "the row has no anchor. Add `anchor:` to it."),
        (FIRST, "- ankor: x\n", "unknown key ankor. Known keys: anchor, term, "),
        (FIRST, "- anchor: A b\n", "anchor is 'A b'. Use small letters, digits and "),
        ("- anchor: body\n", "- anchor: cancel\n", "a second row with the anchor canc"),
        ("forms: [body, bodies]", "forms: []", "forms is []. Write a list of at least"),
        ("[body, bodies]", "[body, attribute]", "'attribute' is a form of another te"),
        ("rule: advanced-up", "rule: up", "no rule is called 'upgrading-v3'. Name the"),
        ("dbos 3 has none.", "dbos 3 has none", "text is 'A second database that dbos"),
        ("dbos 3 has none.", "It [is](x.md) gone.", "the text has a link. Leave it "),
        ("dbos 3 has none.", "A? B. C.", "the text has more than 3 sentences. Short"),
    ],
)
def test_a_bad_row_names_line_and_remedy(
    edited: Callable[[str, str], Catalog], old: str, new: str, problem: str
) -> None:
    catalog = edited(old, new)
    source = (catalog.root / terms.SOURCE).read_text("utf-8")
    found = "\n".join(problems(catalog))
    at = re.findall(rf"(?m)^{terms.SOURCE}:(\d+): {re.escape(problem)}", found)
    assert at, found
    # The line is the row's first one.
    assert source.splitlines()[int(at[0]) - 1].startswith("- ") or "file" in problem


def test_a_file_without_rows_is_refused(
    edited: Callable[[str, str], Catalog],
) -> None:
    source = (ROOT / terms.SOURCE).read_text("utf-8")
    (line,) = problems(edited(source, "terms: []\n"))
    assert line.startswith(f"{terms.SOURCE}:1: the file is no list. Write a row ")


def test_every_row_is_needed(catalog: Catalog, known: tuple[Term, ...]) -> None:
    """A term that no page uses is a problem, and each of these is used."""
    said = [prose(text.text) for text in terms.texts(catalog)]
    for term in known:
        assert any(list(terms.uses(text, term.forms)) for text in said), term.name


def test_a_term_that_no_page_uses_is_named(
    edited: Callable[[str, str], Catalog],
) -> None:
    row = "- anchor: zebra\n  term: zebra\n  forms: [zebra]\n  text: A.\n"
    catalog = edited(FIRST, f"{row}  rule: step-basics\n\n{FIRST}")
    lines = (catalog.root / terms.SOURCE).read_text("utf-8").splitlines()
    at = lines.index("- anchor: zebra") + 1
    assert problems(catalog) == [
        f"{terms.SOURCE}:{at}: no page uses the term 'zebra'. "
        "Remove the row, or add the form that pages use."
    ]


def test_a_word_of_art_without_its_row_is_named(copy: Path) -> None:
    path = copy / terms.SOURCE
    text = path.read_text("utf-8")
    path.write_text(text.replace("[fork, forks, forked]", "[forks]"), "utf-8")
    found = problems(read(copy))
    pages = {line.split(":")[0] for line in found if "what 'fork" in line}
    assert len(pages) > 10
    assert "docs/rules/workflow-control.md" in pages
    assert "snippets/step-basics/cases_fork.py" in pages


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/rules/step-basics.md", "\n## Why\n\n", "\n## Why\n\nA sweep comes. "),
        ("docs/rules/step-basics.md", "description: ", "description: Sweep. "),
        ("docs/categories/step/index.md", "A step is", "A sweep and a step is"),
        ("docs/conventions.md", "## Impact\n\n", "## Impact\n\nThe twin. A sweep. "),
    ],
)
def test_a_word_of_art_on_a_page_is_named_with_its_line(
    copy: Path, path: str, old: str, new: str
) -> None:
    text = (copy / path).read_text("utf-8")
    assert text.count(old) == 1
    text = text.replace(old, new)
    (copy / path).write_text(text, "utf-8")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if "weep" in line]
    found = [line for line in problems(read(copy)) if "'sweep'" in line]
    assert found == [
        f"{path}:{lines[0]}: no page says what 'sweep' means. "
        f"Say it in ordinary words, or define it in {terms.SOURCE}."
    ]


def test_code_and_names_are_no_prose() -> None:
    text = """# Fork

A `fork` is [a fork](fork.md), ![fork](fork.png) <a href="fork">fork</a>.
{ .fork }

```text
fork
```

<!-- fork -->
<summary>fork</summary>
<div class="fork" markdown>

| fork | fork |
| --- | --- |
| **step** | [fork][fork] |

    ```python
    fork
    ```

One *step* more.
"""
    shown = prose(text)
    assert len(shown) == len(text)
    assert shown.count("\n") == text.count("\n")
    assert "ork" not in shown, shown.replace("\0", "·")
    assert [text[use.start : use.end] for use in terms.uses(shown, ["step"])] == [
        "step",
        "step",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A step, a step.", "A [step](../terms.md#step){ .term }, a step."),
        ("Steps end.", "[Steps](../terms.md#step){ .term } end."),
        ("## Steps\n\nNo `step` is.", "## Steps\n\nNo `step` is."),
        ("[A step](a.md) is.", "[A step](a.md) is."),
        (
            "The internal\nqueue is a queue.",
            "The [internal\nqueue](../terms.md#internal-queue){ .term } is a "
            "[queue](../terms.md#queue){ .term }.",
        ),
        ("A **fork**.", "A **[fork](../terms.md#fork){ .term }**."),
        (
            "Its parent's end.",
            "Its [parent](../terms.md#parent){ .term }'s end.",
        ),
        ("A DBOS.patch, a two-step, stepwise.", "A DBOS.patch, a two-step, stepwise."),
        ("limiter={limit}, STEP, step-basics", "limiter={limit}, STEP, step-basics"),
        # What Markdown would take for the link's attributes.
        ("A step {x}.\nA step.", "A step {x}.\nA [step](../terms.md#step){ .term }."),
        (
            "**Works.** A step.\n{ .proof .proof-correct }",
            "**Works.** A step.\n{ .proof .proof-correct }",
        ),
        (
            '| a fork | a step | [4](#cases){ .case-line title="step" } |',
            "| a [fork](../terms.md#fork){ .term } | a step | "
            '[4](#cases){ .case-line title="step" } |',
        ),
    ],
)
def test_the_first_use_becomes_a_link(
    catalog: Catalog, text: str, expected: str
) -> None:
    assert with_links(catalog, text, SOURCE) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("quickstart.md", "terms.md"),
        (SOURCE, "../terms.md"),
        ("categories/step/index.md", "../../terms.md"),
        ("terms.md", None),
        ("errors.md", None),
        ("rules/index.md", None),
        ("reference/queue.md", None),
    ],
)
def test_pages_of_prose_lead_to_the_definitions(
    catalog: Catalog, source: str, target: str | None
) -> None:
    linked = f"A [step]({target}#step){{ .term }}." if target else "A step."
    assert with_links(catalog, "A step.", source) == linked
    assert page(catalog, "A step.", source=source) == linked


def said(article: LexborNode) -> tuple[str, list[tuple[int, str]]]:
    """A page's prose, and place and anchor of each link to a term in it."""
    left_out = {node.mem_id for node in markup.find(article, NO_PROSE)}
    parts: list[str] = []
    found: list[tuple[int, str]] = []

    def read_on(node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.mem_id in left_out:
                parts.append("\0")
            elif child.is_text_node:
                parts.append(child.text())
            else:
                if "term" in (child.attributes.get("class") or "").split():
                    anchor = markup.value(child, "href").partition("#")[2]
                    found.append((len("".join(parts)), anchor))
                read_on(child)

    read_on(article)
    return "".join(parts), found


def articles(site: Path) -> Iterator[tuple[str, LexborNode]]:
    for path in sorted(site.rglob("index.html")):
        name = path.parent.relative_to(site).as_posix()
        yield name, markup.one(markup.load(path), "article")


def test_each_page_leads_once_from_the_first_use_of_a_term(
    site: Path, catalog: Catalog, known: tuple[Term, ...]
) -> None:
    forms = terms.by_form(known)
    rules = {f"rules/{rule.id}" for rule in catalog.rules}
    seen = 0
    for name, article in articles(site):
        links = markup.find(article, "a.term")
        text, found = said(article)
        # None stands in a heading, in code or in another link.
        assert len(found) == len(links), name
        assert len({anchor for _, anchor in found}) == len(found), name
        if name not in rules:
            continue
        first: dict[str, int] = {}
        for use in terms.uses(text, forms):
            first.setdefault(forms[use.form].anchor, use.start)
        assert dict(found) == {place: anchor for anchor, place in first.items()}, name
        assert found, name
        seen += len(found)
    assert seen > 200


def test_lists_and_definitions_link_no_term(site: Path) -> None:
    for name, article in articles(site):
        if re.match("(terms|errors|checklist|changelog|contributing|rules)$|ref", name):
            assert not markup.find(article, "a.term"), name


def test_the_page_has_every_term_in_order(site: Path, known: tuple[Term, ...]) -> None:
    page = markup.one(markup.load(site / "terms/index.html"), ".terms")
    assert [node.id for node in markup.find(page, "dt")] == [t.anchor for t in known]
    for term, node in zip(known, markup.find(page, "dd"), strict=True):
        assert term.text.replace("`", "") in markup.text(node)
        assert markup.values(node, "a", "href") == [f"../rules/{term.rule}/"]
    names = [term.name.casefold() for term in known]
    assert names == sorted(names)


def test_copies_lead_to_the_copy_of_the_definitions(site: Path, site_url: str) -> None:
    copy = (site / "rules/step-basics.md").read_text("utf-8")
    assert f"[side effect]({site_url}terms.md#side-effect)" in copy
    assert "\nside effect\n" in (site / "terms.md").read_text("utf-8")
    assert f"]({site_url}terms.md)" in (site / "llms.txt").read_text("utf-8")
    with zipfile.ZipFile(site / "dbos-python-best-practices.zip") as archive:
        root = "dbos-python-best-practices/docs"
        rule = archive.read(f"{root}/rules/step-basics.md").decode()
        assert "[side effect](../terms.md#side-effect){ .term }" in rule
        assert b"{ #side-effect }" in archive.read(f"{root}/terms.md")


def test_the_skill_has_every_term_in_files_that_fit(
    catalog: Catalog, known: tuple[Term, ...]
) -> None:
    files = skill.files(catalog, Edition(Facts("3.4.0"), "1.2.3", date(2026, 1, 2)))
    own = {name: text for name, text in files.items() if "/terms" in name}
    assert "(references/terms.md)" in files["SKILL.md"]
    everything = "".join(own.values())
    for term in known:
        line = f"- **{term.name}**: {term.text} → [{term.rule}]({term.rule}.md)\n"
        assert everything.count(line) == 1, term.name
    for number, (name, text) in enumerate(own.items(), 1):
        assert tokens(text) <= REFERENCE_TOKENS, name
        following = f"terms-{number + 1}.md"
        assert (f"]({following}).\n" in text) == (number < len(own)), name
    # There, words lead nowhere: it would cost each file a part of its room.
    assert not [name for name, text in files.items() if "terms.md#" in text]

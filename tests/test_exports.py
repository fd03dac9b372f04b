"""What the build writes besides pages, and the way out to another builder."""

import ast
import json
import posixpath
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import jsonschema
import markup
import pytest
import yaml
from support import ROOT, build_site

from book.cases import cases_of
from book.markdown import links, relink
from book.model import Catalog, Category, Rule
from exports import plain, portable, published
from exports.edition import Document, Site, edition, in_order
from pages import render

FENCED = re.compile(r"^(`{3,})python[^\n]*\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
#: Where a page says that its Markdown is.
MARKDOWN = 'head > link[rel="alternate"][type="text/markdown"]'
HEADINGS = ", ".join(f"article h{level}" for level in range(1, 7))


def page_folders(site: Path) -> list[str]:
    """Each page's address below the site's: `` for the first, `rules/` and so on."""
    found = [
        path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")
    ]
    return sorted("" if name == "." else f"{name}/" for name in found)


def lead_somewhere(site: Path, site_url: str, text: str, base: str) -> None:
    """Fails on a link to what the site does not have."""
    for target in links(text):
        url = urljoin(base, target)
        if url.startswith(site_url):
            path = site / re.split(r"[?#]", url.removeprefix(site_url))[0]
            path = path / "index.html" if path.is_dir() else path
            assert path.is_file(), f"{base} links {target}"


def test_every_page_has_its_markdown(
    site: Path, site_url: str, catalog: Catalog
) -> None:
    folders = page_folders(site)
    assert len(folders) > len(catalog.rules) + len(catalog.categories)
    for folder in folders:
        page = markup.load(site / folder / "index.html")
        assert markup.values(page, MARKDOWN, "href") == ["index.md"]
        copy = (site / folder / "index.md").read_text("utf-8")
        assert copy.startswith(f"> Markdown of {site_url}{folder} (")
        assert f"Index: {site_url}llms.txt\n\n# " in copy
        if folder:
            assert (site / f"{folder.rstrip('/')}.md").read_text("utf-8") == copy
        lead_somewhere(site, site_url, copy, site_url + folder)


def test_markdown_has_no_markup_and_the_whole_code(
    site: Path, catalog: Catalog
) -> None:
    for folder in page_folders(site):
        copy = (site / folder / "index.md").read_text("utf-8")
        prose = re.sub(r"^(`{3,}).*?^\1$|`[^`\n]+`", "", copy, flags=re.M | re.S)
        found = re.search(r"\{ ?[.#]|</?[a-z]+[ >]|<!--|\]\[|^:::", prose, re.MULTILINE)
        assert not found, f"{folder}: {found and found[0]}"
        assert "```{" not in copy
        for _, code in FENCED.findall(copy):
            ast.parse(code if "--8<--" not in code else "")
    for rule in catalog.rules:
        copy = (site / f"rules/{rule.id}.md").read_text("utf-8")
        # Words lead to their definitions.
        said = re.sub(r"\[([^\[\]]+)\]\([^()]*terms\.md#[^()]*\)", r"\1", copy)
        for case in (case for file in rule.cases for case in cases_of(file)):
            cells = [case.phrase, *case.results, str(case.line)]
            assert f"| {' | '.join(map(render.cell, cells))} |" in said
        for snippet in rule.snippets:
            assert snippet.whole_file in copy
            if snippet.kind == "cases":
                continue
            assert snippet.output in copy
            title = f'```python title="snippets/{rule.id}/{snippet.path.name}"\n'
            assert title in copy
            for name in snippet.regions:
                assert f"{snippet.region(name)}\n```" in copy or name != "rule"


def test_objects_of_the_reference_become_links(site: Path, site_url: str) -> None:
    copy = (site / "rules/step-basics.md").read_text("utf-8")
    assert f"[`DBOS.step`]({site_url}reference/dbos/#dbos.DBOS.step)" in copy
    for page, name in (("dbos", "DBOS"), ("queue", "DBOS.register_queue")):
        stub = (site / f"reference/{page}.md").read_text("utf-8")
        where = f"{site_url}reference/{page}/"
        assert f"`dbos.{name}` is documented at {where}" in stub


def without_an_address(catalog: Catalog) -> Site:
    """What a build hands to the exports when it knows no published address."""
    documents = []
    facts = render.Facts("3.4.0")
    pages = {page.path: page for page in (*catalog.rules, *catalog.categories)}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        source = path.relative_to(ROOT / "docs").as_posix()
        if source.startswith("_"):
            continue
        meta = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        body = path.read_text("utf-8").split("---\n", 2)[2]
        page = pages.get(path)
        if isinstance(page, Rule):
            markdown = render.rule_page(catalog, page, facts)
        else:
            category = page if isinstance(page, Category) else None
            markdown = render.page(catalog, body, category)
        url = f"{source.removesuffix('.md').removesuffix('index').rstrip('/')}/"
        documents.append(Document(source, url.lstrip("/"), meta, markdown))
    return Site(
        catalog=catalog,
        edition=edition(ROOT, facts, ""),
        documents=documents,
        nav=[document.source for document in documents],
        object_url=lambda name: f"reference/dbos/#{name}",
    )


def test_links_are_relative_when_no_address_is_known(catalog: Catalog) -> None:
    site = without_an_address(catalog)
    found = published.files(site)
    known = {*found, *(f"{d.url}index.html" for d in site.documents)}
    # What MkDocs and its plugins write.
    known |= {"objects.inv"}
    checked = 0
    for name, content in found.items():
        if name.startswith((".well", "skill/")) or not name.endswith((".md", ".txt")):
            continue
        for target in links(content.decode()):
            if "://" in target or target.startswith("#"):
                continue
            path = re.split(r"[?#]", target)[0]
            path = posixpath.join(posixpath.dirname(name), path)
            path = f"{path}index.html" if path.endswith("/") else path
            assert posixpath.normpath(path) in known, f"{name} links {target}"
            checked += 1
    assert checked > 500
    assert "$id" not in json.loads(found["rules.schema.json"])
    first = json.loads(found["rules.json"])["rules"][0]
    assert first["address"] == "rules/lifecycle-config/"
    assert found["index.md"].startswith(b"> Markdown of ./ (")


def test_pages_are_in_the_order_of_the_navigation() -> None:
    nav = ["b.md", {"Part": [{"Inner": "d.md"}, "a.md"]}]
    given = [Document(f"{name}.md", "", {}, "") for name in "abcd"]
    ordered = in_order(nav, given)
    assert [document.source for document in ordered] == ["b.md", "d.md", "a.md", "c.md"]


def test_the_day_is_the_newest_that_the_project_names(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nversion = "1"\n[tool.uv]\nexclude-newer = "2026-01-02T00:00:00Z"\n'
    )
    facts = render.Facts("3.4.0")
    assert edition(tmp_path, facts, "").day.isoformat() == "2026-01-02"
    changelog = tmp_path / "docs/changelog.md"
    changelog.write_text("## 2026-03-04\n\n## 2026-02-03\n")
    assert edition(tmp_path, facts, "").day.isoformat() == "2026-03-04"


def test_llms_txt_lists_every_page(site: Path, site_url: str, catalog: Catalog) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    lines = text.splitlines()
    assert lines[0] == "# DBOS Python Best Practices"
    assert lines[2].startswith("> ")
    for rule in catalog.rules:
        address = f"{site_url}rules/{rule.id}.md"
        entry = f"- [{rule.id}: {rule.title}]({address}): {rule.description}"
        assert lines.count(entry) == 1
    for folder in page_folders(site):
        if folder:
            assert f"({site_url}{folder.rstrip('/')}.md): " in text, folder
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[0] == "## Lifecycle (CRITICAL)"
    assert headings[-1] == "## Optional"
    lead_somewhere(site, site_url, text, site_url)


def test_llms_full_has_every_rule_and_guide(site: Path, catalog: Catalog) -> None:
    text = (site / "llms-full.txt").read_text("utf-8")
    names = ["index.md", "quickstart.md", "agents.md", "conventions.md"]
    for name in [*names, *(f"rules/{rule.id}.md" for rule in catalog.rules)]:
        assert (site / name).read_text("utf-8") in text, name


def test_rules_json_is_what_its_schema_says(
    site: Path, site_url: str, catalog: Catalog
) -> None:
    found = json.loads((site / "rules.json").read_text("utf-8"))
    schema = json.loads((site / "rules.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    validator.validate(found)
    assert found["$schema"] == schema["$id"] == f"{site_url}rules.schema.json"
    assert [rule["id"] for rule in found["rules"]] == [r.id for r in catalog.rules]
    for rule, entry in zip(catalog.rules, found["rules"], strict=True):
        for key in ("title", "description", "impact", "tags", "keywords", "errors"):
            assert entry[key] == getattr(rule.meta, key)
        assert entry["category"] == catalog.category_of(rule).title
        assert entry["address"] == f"{site_url}rules/{rule.id}/"
        assert entry["related"] == [other.id for other in catalog.related(rule)]
        assert len(entry["snippets"]) == len(rule.snippets)
        for snippet in entry["snippets"]:
            assert (ROOT / snippet["path"]).is_file()
        for address in (entry["address"], entry["markdown"]):
            assert (site / address.removeprefix(site_url)).exists()
    [step] = [entry for entry in found["rules"] if entry["id"] == "step-basics"]
    assert step["failures"] == ["unsafe"]
    programs = {Path(s["path"]).stem: s for s in step["snippets"]}
    assert programs["correct"] == {
        "path": "snippets/step-basics/correct.py",
        "kind": "correct",
        "outcome": "safe",
        "since": "3.0",
        "databases": ["sqlite", "postgres"],
    }
    [limit] = [entry for entry in found["rules"] if entry["id"] == "queue-concurrency"]
    databases = {Path(s["path"]).stem: s["databases"] for s in limit["snippets"]}
    assert databases["correct"] == ["postgres"]
    assert databases["demo_sqlite"] == ["sqlite"]
    assert databases["incorrect"] == ["sqlite", "postgres"]


@pytest.mark.parametrize("change", ["id", "impact", "extra", "missing"])
def test_the_schema_refuses_what_is_wrong(site: Path, change: str) -> None:
    found = json.loads((site / "rules.json").read_text("utf-8"))
    schema = json.loads((site / "rules.schema.json").read_text("utf-8"))
    rule = found["rules"][0]
    if change == "extra":
        rule["extra"] = 1
    elif change == "missing":
        del rule["title"]
    else:
        rule[change] = "What is this?"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, schema)


def test_the_reference_has_an_inventory(site: Path) -> None:
    head, _, packed = (site / "objects.inv").read_bytes().partition(b"zlib.\n")
    assert b"DBOS Python Best Practices" in head
    names = zlib.decompress(packed).decode().splitlines()
    assert any(line.startswith("dbos.DBOS.launch py:") for line in names)


def test_two_builds_give_the_same_bytes(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At another time, with another order of sets, and with nothing kept."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    target, cache = tmp_path / "site", tmp_path / "cache"
    result = build_site(ROOT, target, cache=cache)
    assert result.returncode == 0, result.stderr
    assert list(cache.glob("online-*.pickle"))
    first, second = (
        {
            path.relative_to(at): path.read_bytes()
            for path in at.rglob("*")
            if path.is_file()
        }
        for at in (site, target)
    )
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


class Content(NamedTuple):
    """Headings, with levels and ids, and code blocks of a page's article."""

    headings: list[tuple[str | None, str | None, str]]
    code: list[str]


def contents(site: Path) -> dict[str, Content]:
    """Every page; what stands for a missing one is a template, not a page."""
    found = {}
    for path in site.rglob("*.html"):
        if path.name != "404.html":
            page = markup.load(path)
            headings = [
                # As browsers do, whatever white space the page has.
                (heading.tag, heading.id, " ".join(markup.text(heading).split()))
                for heading in markup.find(page, HEADINGS)
            ]
            name = path.relative_to(site).as_posix()
            found[name] = Content(headings, markup.texts(page, "article pre"))
    return found


def test_other_builders_make_the_same_site(site: Path, tmp_path: Path) -> None:
    """From the exported Markdown, without a line of this project's code.

    ProperDocs continues MkDocs; Zensical is by the makers of the theme. Zensical
    ignores `hooks` without a message and ends well, so the export has none.
    """
    with zipfile.ZipFile(site / "dbos-python-best-practices.zip") as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert not [name for name in names if name.endswith(".py")]
    source = tmp_path / "dbos-python-best-practices"
    config = (source / "mkdocs.yml").read_text("utf-8")
    assert not re.search("hooks|custom_dir|snippets|!ENV", config)
    started = {
        "properdocs": [
            "properdocs",
            "build",
            "--strict",
            "-f",
            "mkdocs.yml",
            "-d",
            "../properdocs",
        ],
        "zensical": ["zensical", "build", "--strict", "-f", "mkdocs.yml"],
    }
    running = {
        name: subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, command in started.items()
    }
    said = {name: process.communicate()[0] for name, process in running.items()}
    wanted = contents(site)
    assert sum(len(page.code) for page in wanted.values()) > 500
    for name, target in (
        ("properdocs", tmp_path / "properdocs"),
        ("zensical", source / "site"),
    ):
        assert running[name].returncode == 0, said[name]
        found = contents(target)
        assert found.keys() == wanted.keys(), name
        for path, page in wanted.items():
            assert found[path].headings == page.headings, f"{name}: {path}"
            assert found[path].code == page.code, f"{name}: {path}"
        # Neither writes what this site's build adds.
        assert not (target / "llms.txt").exists()


def test_the_export_names_no_fact_twice(site: Path) -> None:
    """A page keeps what a builder reads; the rest is in its text already."""
    with zipfile.ZipFile(site / "dbos-python-best-practices.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".md"):
                head = archive.read(name).decode().split("---\n")[1]
                keys = set(yaml.safe_load(head))
                assert {"title", "description"} <= keys, name
                assert keys <= set(portable.KEYS), name


def test_plain_leaves_code_alone() -> None:
    text = (
        "## Title { #id .x }\n\n"
        "A `{ .kept }` and ``[`x`][y]``, a [link](a.md){ .md-button }.\n{ .lead }\n\n"
        '<details class="x" markdown>\n\n<summary>See <code>f</code></summary>\n\n'
        '```{ .python .correct title="a.py" }\nif x:\n\n\n    y = "<b>{ .z }"\n```\n\n'
        '</details>\n\n<a href="../x.zip">x</a> and <https://example.org/> &lt;\n'
        "<svg><title>gone</title></svg>\n"
    )
    assert plain.plain(text, lambda target: target.removeprefix("../")) == (
        "## Title\n\n"
        "A `{ .kept }` and ``[`x`][y]``, a [link](a.md).\n\n"
        "**See `f`**\n\n"
        '```python title="a.py"\nif x:\n\n\n    y = "<b>{ .z }"\n```\n\n'
        "[x](x.zip) and <https://example.org/> &lt;\n"
    )


def test_plain_turns_html_into_markdown() -> None:
    text = (
        '- <input type="checkbox" id="a"> <label for="a">Do `x`</label> [¶](#a){ .y }'
        "\n\n"
        '<table class="t" markdown>\n<thead markdown>\n<tr markdown>\n'
        "<th markdown>Rule</th>\n<th markdown>Impact</th>\n</tr>\n</thead>\n"
        '<tr data-x="a &lt; b" markdown>\n<td markdown>[`a`](a.md)\ntwo</td>\n'
        "<td markdown>HIGH</td>\n</tr>\n</table>\n"
    )
    assert plain.plain(text) == (
        "- [ ] Do `x`\n\n| Rule | Impact |\n| --- | --- |\n| [`a`](a.md) two | HIGH |\n"
    )


def test_relink_sees_links_only() -> None:
    text = (
        "[a `b[0]`](x.md#y), [`C`][d.C], [`E`][d.E], ``[`C`][d.C]``, [z], ![i](i.png)\n"
    )
    seen: list[tuple[str, bool]] = []

    def resolve(target: str, is_name: bool) -> str | None:
        seen.append((target, is_name))
        return None if target == "d.C" else target if is_name else f"/{target}"

    assert relink(text, resolve) == (
        "[a `b[0]`](/x.md#y), `C`, [`E`][d.E], ``[`C`][d.C]``, [z], ![i](i.png)"
    )
    assert seen == [("x.md#y", False), ("d.C", True), ("d.E", True)]

"""The built site: strict, complete, and without a third party."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import dbos
import markup
import pytest
from growth import copy_sources
from selectolax.lexbor import LexborNode
from support import ROOT, build_site, environment

from book.cases import cases_of
from book.model import Catalog

#: Builds a copy's site as `mkdocs serve` does: at its start, after an edit of what no
#: page quotes, after one of the site's own code, and after both are taken back. Prints
#: how often each edit is on a page at each of these times.
SERVE = """
import pathlib, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config

site = pathlib.Path(sys.argv[1])
snippet = pathlib.Path("snippets/_quickstart/order.py")
code = pathlib.Path("docs/_hooks/theme/head.py")
before = snippet.read_text(), code.read_text()
command = dict(command="serve", dirty=False)

def show():
    config = load_config(site_dir=str(site))
    if not show.started:
        config.plugins.on_startup(**command)
        show.started = True
    build(config)
    page = (site / "quickstart/index.html").read_text()
    print(page.count("An end to delete"), page.count("aria-name="))

show.started = False
show()
snippet.write_text(before[0] + "# An end to delete.\\n")
show()
code.write_text(before[1].replace("aria-label=", "aria-name="))
show()
snippet.write_text(before[0])
code.write_text(before[1])
show()
"""


def loaded(page: LexborNode) -> list[str]:
    """Addresses that a page loads, or names in its head."""
    return markup.values(page, "[src]", "src") + markup.values(
        page, "link[href]:not([rel=canonical])", "href"
    )


def linked(page: LexborNode) -> list[str]:
    """Addresses that a page links."""
    return markup.values(page, "[href]:not(link), link[rel=canonical]", "href")


def pages(site: Path) -> dict[Path, LexborNode]:
    return {path: markup.load(path) for path in site.rglob("*.html")}


def test_every_rule_shows_its_snippets_and_their_output(
    site: Path, catalog: Catalog
) -> None:
    for rule in catalog.rules:
        page = markup.load(site / "rules" / rule.id / "index.html")
        shown = markup.text(markup.one(page, "article"))
        for snippet in rule.snippets:
            assert snippet.whole_file.strip() in shown, snippet.path
            # Cases are shown as a table: see the next test.
            if snippet.kind != "cases":
                assert snippet.output in shown, snippet.path
                assert f"snippets/{rule.id}/{snippet.path.name}" in shown
        assert "--8<--" not in markup.text(page)


def test_every_rule_has_one_row_in_its_lists(site: Path, catalog: Catalog) -> None:
    every = markup.texts(markup.load(site / "rules/index.html"), "code")
    for rule in catalog.rules:
        category = catalog.category_of(rule)
        own = markup.load(site / "categories" / category.slug / "index.html")
        for names in (every, markup.texts(own, "code")):
            assert names.count(rule.id) == 1, rule.id


def test_the_quickstart_installs_the_version_that_was_checked(site: Path) -> None:
    shown = markup.text(
        markup.one(markup.load(site / "quickstart/index.html"), "article")
    )
    assert f"dbos=={version('dbos')}" in shown


def test_the_reference_leads_back_to_the_rules(site: Path, catalog: Catalog) -> None:
    reference = {
        path.parent.name: linked(markup.load(path))
        for path in site.glob("reference/*/index.html")
    }
    for rule in catalog.rules:
        urls = linked(markup.load(site / "rules" / rule.id / "index.html"))
        targets = (re.match(r"\.\./\.\./reference/(\w+)/#", url) for url in urls)
        for name in {match[1] for match in targets if match}:
            assert f"../../rules/{rule.id}/" in reference[name], rule.id


def test_cases_of_an_own_database_are_not_said_to_be_of_both(
    site: Path, catalog: Catalog
) -> None:
    files = [file for rule in catalog.rules for file in rule.cases if file.own_database]
    assert files
    for file in files:
        text = markup.text(markup.load(site / f"rules/{file.rule}/index.html"))
        assert f"its own database: {file.own_database}" in " ".join(text.split()), file
        if all(case.own_database for case in catalog.rule(file.rule).cases):
            assert "Both gave the same" not in text, file


def test_every_case_is_a_row_that_leads_to_its_line(
    site: Path, catalog: Catalog
) -> None:
    for rule in catalog.rules:
        page = markup.load(site / "rules" / rule.id / "index.html")
        rows = {
            tuple(markup.text(cell) for cell in row.css("td")): row
            for row in page.css("table tbody tr")
        }
        for case in (case for file in rule.cases for case in cases_of(file)):
            cells = (case.phrase, *case.results, str(case.line))
            row = rows[tuple(cell.replace("`", "") for cell in cells)]
            link = markup.one(row, "td:last-child > a")
            target = link.attributes["href"] or ""
            line = markup.one(page, f"[id='{target.removeprefix('#')}']")
            whole = line.parent
            while whole and whole.tag != "details":
                whole = whole.parent
            assert whole, target
            assert case.file.path.name in markup.text(markup.one(whole, "summary"))


def test_the_reference_has_every_method_once(site: Path) -> None:
    """Their asynchronous twins have the same texts."""
    methods = {
        f"dbos.DBOS.{name}"
        for name in vars(dbos.DBOS)
        if not name.startswith("_") and not name.endswith("_async")
    }
    shown = Counter(
        name
        for path in site.glob("reference/*/index.html")
        for name in markup.values(markup.load(path), "[id]", "id")
        if re.fullmatch(r"dbos\.DBOS\.\w+", name)
    )
    assert shown == Counter(methods)


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for path, page in pages(site).items():
        foreign = [url for url in loaded(page) if re.match(r"(\w+:)?//", url)]
        assert not foreign, f"{path.relative_to(site)} loads {foreign}"
    for path in site.rglob("*.css"):
        foreign = re.findall(
            r"url\([\"']?(?:https?:)?//[^)]*\)", path.read_text("utf-8")
        )
        assert not foreign, f"{path.relative_to(site)} loads {foreign}"


def test_links_and_anchors_lead_somewhere(site: Path) -> None:
    found = pages(site)
    anchors = {
        path: set(markup.values(page, "[id]", "id")) for path, page in found.items()
    }
    for path, page in found.items():
        if path.name == "404.html":
            continue
        for url in linked(page):
            if re.match(r"(\w+:|//)", url):
                continue
            name, _, anchor = url.partition("#")
            name = name.partition("?")[0]
            target = (path.parent / name).resolve() if name else path
            if target.is_dir():
                target = target / "index.html"
            assert target.exists(), f"{path.relative_to(site)} links {url}"
            if anchor and target in anchors:
                assert anchor in anchors[target], f"{path.relative_to(site)}: {url}"


def test_no_code_of_the_site_is_published(site: Path) -> None:
    assert not list(site.rglob("*.py"))
    assert not list(site.rglob("_hooks"))
    assert not list(site.rglob("_theme"))


def _on_one_line(page: Path) -> str:
    """The page; a build takes out the indentation, which no browser shows."""
    return " ".join(page.read_text("utf-8").split())


def test_serve_shows_every_edit_and_keeps_what_a_build_makes(
    site: Path, site_url: str, tmp_path: Path
) -> None:
    copy_sources(tmp_path)
    # Its own site has what the suite's is made of.
    shutil.copytree(ROOT / ".cache", tmp_path / "cache", dirs_exist_ok=True)
    served = tmp_path / "site"
    shown = subprocess.run(
        [sys.executable, "-c", SERVE, str(served)],
        cwd=tmp_path,
        env=environment(site_url, tmp_path / "cache"),
        capture_output=True,
        text=True,
        check=True,
    )
    start, quoted_nowhere, code, end = (
        [int(count) for count in line.split()] for line in shown.stdout.splitlines()
    )
    assert start == end == [0, 0]
    assert quoted_nowhere == [1, 0]
    assert code[0] == 1
    assert code[1] > 3
    for path in site.rglob("index.html"):
        article, again = (
            # A build takes the indentation out; no browser shows it.
            re.findall(
                "<article.*</article>", " ".join(page.read_text("utf-8").split())
            )
            for page in (path, served / path.relative_to(site))
        )
        assert article, path
        assert article == again, path


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "docs/rules/step-basics.md",
            "impact: critical",
            "impact: dire",
            "docs/rules/step-basics.md:4: impact is 'dire'. Use one of: critical",
        ),
        (
            "docs/index.md",
            "<!-- catalog: priorities -->",
            "<!-- catalog: priority -->",
            "<!-- catalog: priority -->: no such list or rule. There are",
        ),
        (
            "docs/quickstart.md",
            ':rule"\n```',
            ':rule"\n```\n\n```python\n--8<-- "snippets/_quickstart/order.py:r"\n```',
            "no such snippet. Include a file and a region",
        ),
        ("docs/changelog.md", "### Added", "### Made", "'Made' is no kind. Use one of"),
    ],
    ids=["front matter", "list", "snippet", "changelog"],
)
def test_an_authors_error_stops_the_build(
    copy_of_the_rules: Path,
    tmp_path: Path,
    name: str,
    old: str,
    new: str,
    message: str,
) -> None:
    """With the problem's file, line and remedy, and without a traceback."""
    for code in ("docs/_hooks", "docs/_theme"):
        (copy_of_the_rules / code).symlink_to(ROOT / code)
    (copy_of_the_rules / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text())
    page = copy_of_the_rules / name
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")
    result = build_site(copy_of_the_rules, tmp_path / "site")
    assert result.returncode != 0
    assert re.search(rf"{re.escape(name)}:\d+: ", result.stderr)
    assert message in result.stderr
    assert "Traceback" not in result.stderr

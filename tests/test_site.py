"""The built site: strict, complete, and without a third party."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path

import dbos
import pytest
from growth import copy_sources
from support import ROOT, build_site

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


class Links(HTMLParser):
    """Collects addresses that a page loads or links, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if identifier := values.get("id"):
            self.ids.add(identifier)
        if source := values.get("src"):
            self.loaded.append(source)
        if href := values.get("href"):
            loads = tag == "link" and values.get("rel") not in ("canonical",)
            (self.loaded if loads else self.linked).append(href)


def pages(site: Path) -> dict[Path, Links]:
    return {path: Links(path.read_text("utf-8")) for path in site.rglob("*.html")}


def test_every_rule_shows_its_snippets_and_their_output(
    site: Path, catalog: Catalog
) -> None:
    for rule in catalog.rules:
        html = (site / "rules" / rule.id / "index.html").read_text("utf-8")
        shown = unescape(re.sub(r"<[^>]+>", "", html))
        for snippet in rule.snippets:
            assert snippet.output in shown, snippet.path
            assert snippet.whole_file.strip() in shown, snippet.path
            assert f"snippets/{rule.id}/{snippet.path.name}" in shown
        assert "--8<--" not in shown


def test_every_rule_has_one_row_in_its_lists(site: Path, catalog: Catalog) -> None:
    every = (site / "rules/index.html").read_text("utf-8")
    for rule in catalog.rules:
        category = catalog.category_of(rule)
        own = (site / "categories" / category.slug / "index.html").read_text("utf-8")
        for html in (every, own):
            assert html.count(f"<code>{rule.id}</code>") == 1, rule.id


def test_the_quickstart_installs_the_version_that_was_checked(site: Path) -> None:
    shown = (site / "quickstart/index.html").read_text("utf-8")
    assert f"dbos=={version('dbos')}" in unescape(re.sub(r"<[^>]+>", "", shown))


def test_the_reference_leads_back_to_the_rules(site: Path, catalog: Catalog) -> None:
    reference = {
        html.parent.name: Links(html.read_text("utf-8"))
        for html in site.glob("reference/*/index.html")
    }
    for rule in catalog.rules:
        page = Links((site / "rules" / rule.id / "index.html").read_text("utf-8"))
        targets = (re.match(r"\.\./\.\./reference/(\w+)/#", u) for u in page.linked)
        for name in {match[1] for match in targets if match}:
            assert f"../../rules/{rule.id}/" in reference[name].linked, rule.id


def test_the_reference_has_every_method_once(site: Path) -> None:
    """Their asynchronous twins have the same texts."""
    methods = {
        f"dbos.DBOS.{name}"
        for name in vars(dbos.DBOS)
        if not name.startswith("_") and not name.endswith("_async")
    }
    shown = Counter(
        name
        for html in site.glob("reference/*/index.html")
        for name in re.findall(r'id="(dbos\.DBOS\.\w+)"', html.read_text("utf-8"))
    )
    assert shown == Counter(methods)


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for path, links in pages(site).items():
        foreign = [url for url in links.loaded if re.match(r"(\w+:)?//", url)]
        assert not foreign, f"{path.relative_to(site)} loads {foreign}"
    for path in site.rglob("*.css"):
        foreign = re.findall(
            r"url\([\"']?(?:https?:)?//[^)]*\)", path.read_text("utf-8")
        )
        assert not foreign, f"{path.relative_to(site)} loads {foreign}"


def test_links_and_anchors_lead_somewhere(site: Path) -> None:
    found = pages(site)
    for path, links in found.items():
        if path.name == "404.html":
            continue
        for url in links.linked:
            if re.match(r"(\w+:|//)", url):
                continue
            name, _, anchor = url.partition("#")
            target = (path.parent / name).resolve() if name else path
            if target.is_dir():
                target = target / "index.html"
            assert target.exists(), f"{path.relative_to(site)} links {url}"
            if anchor and target in found:
                assert anchor in found[target].ids, f"{path.relative_to(site)}: {url}"


def test_no_code_of_the_site_is_published(site: Path) -> None:
    assert not list(site.rglob("*.py"))
    assert not list(site.rglob("_hooks"))
    assert not list(site.rglob("_theme"))


def test_serve_shows_every_edit_and_keeps_what_a_build_makes(
    site: Path, site_url: str, tmp_path: Path
) -> None:
    copy_sources(tmp_path)
    shutil.copytree(ROOT / ".cache", tmp_path / ".cache")
    served = tmp_path / "site"
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": site_url}
    shown = subprocess.run(
        [sys.executable, "-c", SERVE, str(served)],
        cwd=tmp_path,
        env=environment,
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
            re.findall("<article.*</article>", page.read_text("utf-8"), re.DOTALL)
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

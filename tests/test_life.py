"""Rules that are renamed or retired, and files that need a later dbos."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import markup
import pytest
from growth import copy_sources
from support import CACHE, ROOT, SITE_URL, build_site

from book import changelog
from book.model import CatalogError
from book.read import load, read
from pages import render

RETIRED, SUCCESSOR = "docs/rules/queue-priority.md", "docs/rules/queue-basics.md"
#: Renames queue-basics, and retires queue-priority for it.
CHANGES = (
    (SUCCESSOR, "related: [", "aliases: [queue-first-steps]\nrelated: ["),
    (RETIRED, "related: [", "status: retired\nreplaced_by: queue-basics\nrelated: ["),
)


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text, f"{name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def retire(root: Path) -> None:
    """Makes the changes, as an author would."""
    for name, old, new in CHANGES:
        change(root, name, old, new)
    for page in root.glob("docs/rules/*.md"):
        text = page.read_text("utf-8")
        head, related, rest = text.partition("\nrelated: ")
        line, _, body = rest.partition("\n")
        line = re.sub(r"queue-priority, |, queue-priority|queue-priority", "", line)
        if page.stem != "queue-priority":
            page.write_text(f"{head}{related}{line}\n{body}", "utf-8")
    # Nothing of it goes wrong any more.
    for path in root.glob("snippets/queue-priority/*"):
        path.unlink()
    page = root / RETIRED
    head = page.read_text("utf-8").split("\n## ")[0]
    page.write_text(f"{head}\n## Why it is retired\n\nNothing to do.\n", "utf-8")
    day = "## 2027-01-01\n\n### Retired\n\n"
    line = "- [queue-priority](rules/queue-priority.md): dbos does it by itself.\n\n"
    change(root, "docs/changelog.md", "\n## 20", f"\n{day}{line}## 20")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which a rule is renamed and another one is retired."""
    root = tmp_path_factory.mktemp("life")
    copy_sources(root)
    # Most pages are those of the suite's own site.
    (root / CACHE).mkdir(parents=True)
    for path in (ROOT / CACHE).glob("online-*.pickle"):
        shutil.copyfile(path, root / CACHE / path.name)
    retire(root)
    result = build_site(root, root / "site")
    assert result.returncode == 0, result.stdout + result.stderr
    return root / "site"


def test_a_retired_rule_keeps_its_page_with_a_banner(built: Path) -> None:
    page = markup.load(built / "rules/queue-priority/index.html")
    banner = markup.one(page, "article p.rule-retired")
    assert "Retired." in markup.text(banner)
    assert "../queue-basics/" in markup.values(banner, "a", "href")
    assert "Retired." in (built / "rules/queue-priority.md").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "rules/index.html",
        "checklist/index.html",
        "categories/queue/index.html",
        "rules/queue-basics/index.html",
        "404.html",
        "search/search_index.json",
        "search/rest.json",
        "llms.txt",
        ".well-known/skills/dbos-python/references/index-queue.md",
    ],
)
def test_a_retired_rule_leaves_every_list(built: Path, name: str) -> None:
    assert "queue-priority" not in (built / name).read_text("utf-8")


def test_a_retired_rule_is_no_advice_of_the_skill(built: Path) -> None:
    folder = built / ".well-known/skills/dbos-python"
    assert not (folder / "references/queue-priority.md").exists()
    index = (folder / "SKILL.md").read_text("utf-8")
    assert (
        "`queue-priority` is retired; see [queue-basics](references/queue-basics.md)"
        in index
    )
    assert "`queue-first-steps` is [queue-basics](references/queue-basics.md)" in index
    listed = (folder / "references/index-queue.md").read_text("utf-8")
    assert "Formerly queue-first-steps." in listed


def test_programs_are_told_of_both(built: Path) -> None:
    found = json.loads((built / "rules.json").read_text("utf-8"))
    assert found["retired"] == [
        {
            "id": "queue-priority",
            "title": found["retired"][0]["title"],
            "replaced_by": "queue-basics",
            "address": f"{SITE_URL}rules/queue-priority/",
        }
    ]
    by_id = {rule["id"]: rule for rule in found["rules"]}
    assert "queue-priority" not in by_id
    assert by_id["queue-basics"]["aliases"] == ["queue-first-steps"]


def test_a_former_address_leads_to_the_rule(built: Path) -> None:
    page = markup.load(built / "rules/queue-first-steps/index.html")
    metas = {
        markup.value(meta, "http-equiv"): markup.value(meta, "content")
        for meta in markup.find(page, "head > meta[http-equiv]")
    }
    assert metas.keys() == {"Content-Security-Policy", "refresh"}
    assert metas["refresh"] == "0; url=../queue-basics/"
    canonical = f"{SITE_URL}rules/queue-basics/"
    assert markup.values(page, "head > link[rel=canonical]", "href") == [canonical]
    assert markup.values(page, "body a", "href") == ["../queue-basics/"]
    sitemap = ElementTree.parse(built / "sitemap.xml").getroot()
    assert not [url for url in sitemap.itertext() if "queue-first-steps" in url]


PROBLEMS = {
    "no status": (RETIRED, "status: retired", "status: gone", "status is 'gone'"),
    "not retired": (RETIRED, "status: retired\n", "", "replaced, but not retired"),
    "by nothing": (RETIRED, "by: queue-basics", "by: step-x", "no rule 'step-x'"),
    "by itself": (RETIRED, "by: queue-basics", "by: queue-priority", "no rule"),
    "in use": (SUCCESSOR, "queue-first-steps", "queue-basics", "is in use"),
    "no id": (SUCCESSOR, "queue-first-steps", "first", "is no rule id"),
    "related": (SUCCESSOR, "related: [", "related: [queue-priority, ", "is retired"),
}


@pytest.fixture
def retired(copy_of_the_rules: Path) -> Path:
    retire(copy_of_the_rules)
    return copy_of_the_rules


def test_a_retired_rule_needs_no_failing_pair(retired: Path) -> None:
    catalog = load(retired)
    assert [rule.id for rule in catalog.retired] == ["queue-priority"]
    assert catalog.retired[0].snippets == ()
    assert changelog.load(catalog)[0] == changelog.Change(
        date(2027, 1, 1), "Retired", "queue-priority", "dbos does it by itself.", 17
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "message"), PROBLEMS.values(), ids=PROBLEMS
)
def test_a_contradiction_is_named(
    retired: Path, name: str, old: str, new: str, message: str
) -> None:
    change(retired, name, old, new)
    found = [str(problem) for problem in read(retired).problems]
    assert any(re.match(rf"{name}:\d+: .*{message}", text) for text in found), found


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            RETIRED,
            "status: retired\nreplaced_by: queue-basics\n",
            "",
            "not on its page",
        ),
        (
            "docs/changelog.md",
            "### Retired",
            "### Changed",
            "which no item says",
        ),
    ],
    ids=["page", "changelog"],
)
def test_page_and_changelog_agree(
    retired: Path, name: str, old: str, new: str, message: str
) -> None:
    change(retired, name, old, new)
    with pytest.raises(CatalogError, match=rf"changelog\.md:\d+: .*{message}"):
        changelog.load(read(retired))


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("# since: 3.2", ""),
        ("# since: newest", "is not understood"),
        ("# since: 3.0", "in a rule since 3.0"),
        ("# database: own", "is not understood"),
        ("# database: own - it has its own file", "says that it does not"),
    ],
)
def test_directives_of_a_file(
    copy_of_the_rules: Path, directive: str, message: str
) -> None:
    name = "snippets/queue-basics/correct.py"
    change(copy_of_the_rules, name, "# expect: ok\n", f"# expect: ok\n{directive}\n")
    found = [
        str(each) for each in read(copy_of_the_rules).problems if each.path == name
    ]
    assert bool(found) == bool(message)
    assert not message or message in found[0]


def test_a_file_that_needs_a_later_version_says_so(
    copy_of_the_rules: Path, render_rule: Callable[[Path, str], str]
) -> None:
    name = "snippets/queue-basics/correct.py"
    change(copy_of_the_rules, name, "# expect: ok\n", "# expect: ok\n# since: 3.2\n")
    page = render_rule(copy_of_the_rules, "queue-basics")
    assert page.count("Since dbos 3.2.") == 1


def test_a_file_that_reads_no_address_has_to_say_so(copy_of_the_rules: Path) -> None:
    name = "snippets/queue-basics/correct.py"
    change(
        copy_of_the_rules, name, 'os.environ.get("DBOS_SYSTEM_DATABASE_URL")', "None"
    )
    (problem,) = [
        str(each)
        for each in read(copy_of_the_rules).problems
        if "never reads" in str(each)
    ]
    assert problem.startswith(f"{name}:2: ")


@pytest.fixture
def render_rule() -> Callable[[Path, str], str]:
    def rendered(root: Path, rule_id: str) -> str:
        # There are the definitions to which words lead.
        (root / "docs/_hooks").symlink_to(ROOT / "docs/_hooks")
        catalog = read(root)
        return render.rule_page(catalog, catalog.rule(rule_id), render.Facts("3.4.0"))

    return rendered


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SUCCESSOR, "title: ", "title: TODO "),
        (SUCCESSOR, "description: ", "description: TODO "),
        (SUCCESSOR, "keywords:\n", "keywords:\n  - TODO\n"),
        (SUCCESSOR, "## Incorrect", "TODO\n\n## Incorrect"),
        (SUCCESSOR, "## When not to", "### Todo\n\n## When not to"),
    ],
)
def test_what_a_scaffold_leaves_is_found(
    copy_of_the_rules: Path, name: str, old: str, new: str
) -> None:
    change(copy_of_the_rules, name, old, new)
    found = [str(problem) for problem in read(copy_of_the_rules).problems]
    assert any(re.search(r"says '(TODO|Todo)'", text) for text in found), found

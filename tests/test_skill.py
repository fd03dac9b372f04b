"""The skill for coding agents: complete, small, and installable from the site."""

import ast
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import skills_ref
from support import serving

from book.cases import cases_of
from book.markdown import code_span, links
from book.model import Catalog, CatalogError
from book.read import read
from exports import bundle, skill
from exports.edition import Edition
from exports.reference import reference
from exports.tokens import tokens
from pages import render

CHECKS = f"assets/{bundle.NAME}"
#: An installer that runs on Node 18 and newer.
INSTALLER = "skills@1.5.18"
#: Longer than most: the budgets hold with the addresses in the files too.
SITE = "https://a-rather-long-name-of-an-organisation.example.org/dbos-python-rules/"
FENCED = re.compile(r"^```python\n(.*?)\n```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module", params=["", SITE], ids=["nowhere", "published"])
def edition(request: pytest.FixtureRequest) -> Edition:
    facts = render.Facts("3.4.0")
    return Edition(facts, "1.2.3", date(2026, 1, 2), request.param)


@pytest.fixture(scope="module")
def whole(catalog: Catalog, edition: Edition) -> dict[str, str]:
    """Every file."""
    return skill.files(catalog, edition)


@pytest.fixture(scope="module")
def files(whole: dict[str, str]) -> dict[str, str]:
    """Those that are read; tests/test_checks.py is about the one that a tool reads."""
    return {name: text for name, text in whole.items() if name != CHECKS}


@pytest.fixture(scope="module")
def published(catalog: Catalog, edition: Edition) -> dict[str, bytes]:
    return skill.published(catalog, edition)


def unpack_tar(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        found = {}
        for member in archive:
            assert member.isfile()
            assert member.mode == 0o644
            file = archive.extractfile(member)
            assert file
            found[member.name] = file.read()
        return found


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_it_is_valid(whole: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / skill.NAME
    for name, text in whole.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert skills_ref.validate(folder) == []
    properties = skills_ref.read_properties(folder)
    assert properties.license == "MIT"
    assert properties.metadata["version"] == "1.2.3"
    assert properties.metadata["dbos"] == "3.4.0"
    assert "Use when" in properties.description


def test_it_fits_into_a_context_window(files: dict[str, str]) -> None:
    body = files["SKILL.md"].split("---\n", 2)[2]
    assert body.count("\n") < 500
    assert tokens(body) <= 5000
    for name, text in files.items():
        if name != "SKILL.md":
            assert tokens(text) <= 2000, name


def test_too_large_files_are_refused(
    copy_of_the_rules: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = copy_of_the_rules / "docs/rules/step-basics.md"
    page.write_text(
        page.read_text("utf-8").replace("## Why", "word " * 1500 + "\n\n## Why")
    )
    catalog = read(copy_of_the_rules)
    with pytest.raises(CatalogError, match=r"docs/rules/step-basics\.md:1: .*Shorten"):
        reference(catalog, catalog.rule("step-basics"), edition)
    monkeypatch.setattr(skill, "BODY_TOKENS", 100)
    with pytest.raises(CatalogError, match=r"SKILL\.template\.md:1: .*Shorten"):
        skill.skill_page(catalog, edition)


def test_tokens_are_not_underestimated() -> None:
    """Short words are one token each, long ones several."""
    assert tokens("to be or not to be " * 100) >= 600
    assert tokens("x" * 3500) >= 1000


def test_every_rule_is_in_its_index(files: dict[str, str], catalog: Catalog) -> None:
    for rule in catalog.rules:
        line = (
            f"- [{rule.id}](references/{rule.id}.md) "
            f"{rule.impact_label}: {rule.title}\n"
        )
        assert files["SKILL.md"].count(line) == 1


def test_it_has_what_an_agent_looks_for(
    files: dict[str, str], catalog: Catalog
) -> None:
    main = files["SKILL.md"]
    for heading in (
        "When to use this skill",
        "How to find a rule",
        "The critical rules",
        "Key constraints",
        "Removed in dbos 3",
        "All rules",
        "Limits",
    ):
        assert f"\n## {heading}\n" in main
    for category in catalog.categories:
        assert f"| {category.priority} | {category.title} |" in main
    assert "| `Queue(...)` | `DBOS.register_queue(...)` |" in main


def test_links_lead_to_files_of_the_skill(files: dict[str, str]) -> None:
    for name, text in files.items():
        for target in links(text):
            if target.startswith(SITE):
                continue
            path = os.path.normpath(os.path.join(os.path.dirname(name), target))
            assert path in files, f"{name} links {target}"
        assert "references/references" not in text


def test_published_links_lead_to_pages(
    files: dict[str, str], edition: Edition, site: Path
) -> None:
    """That is, those that are written when the site's address is known."""
    found = [
        target
        for text in files.values()
        for target in [*links(text), *re.findall(re.escape(SITE) + r"\S*", text)]
        if target.startswith(SITE)
    ]
    assert bool(found) == bool(edition.site_url)
    for target in found:
        path = target.removeprefix(SITE).partition("#")[0].rstrip(")'")
        path = path.replace("<id>", "step-basics")
        assert (site / path / "index.html").exists() or (site / path).is_file(), target


def test_python_is_that_of_the_snippets(
    files: dict[str, str], catalog: Catalog
) -> None:
    known = {
        code
        for snippet in catalog.snippets
        for code in [
            snippet.whole_file.strip(),
            *(snippet.region(name) for name in snippet.regions),
        ]
    }
    for name, text in files.items():
        shown = FENCED.findall(text)
        assert bool(shown) == (
            not re.search(r"/(api|errors\b|configuration|index-|terms)", name)
        ), name
        for code in shown:
            ast.parse(code)
            assert code in known, f"{name}:\n{code}"
        assert text.count("```python") == len(shown)


def test_a_reference_shows_the_right_way_and_what_each_way_gives(
    files: dict[str, str], catalog: Catalog
) -> None:
    for rule in catalog.rules:
        text = files[f"references/{rule.id}.md"]
        assert text.startswith(f"# {rule.title}\n\n`{rule.id}` · ")
        assert rule.description in text
        first = next(s for s in rule.snippets if s.kind == "correct")
        for region in first.regions:
            assert first.region(region) in text
        for case in (case for file in rule.cases for case in cases_of(file)):
            assert f"- {case.phrase}: " in text
            assert all(result in text for result in case.results)
        for snippet in rule.snippets:
            if snippet.kind == "cases":
                continue
            assert f"`{snippet.path.name}`" in text
            if snippet.expect == "raises":
                assert snippet.output.splitlines()[-1] in text
            else:
                for line in snippet.evidence:
                    assert line in text or line == "Killed", snippet.path
        # Links from rules that name this one go first where there is no room.
        for other in rule.meta.related:
            assert f"[{other}]({other}.md)" in text


def test_search_words_and_errors_are_found_by_grep(
    files: dict[str, str], catalog: Catalog
) -> None:
    errors = "".join(t for n, t in files.items() if "/errors-" in n)
    index = "".join(text for name, text in files.items() if "/index-" in name)
    for rule in catalog.rules:
        # What has no room there stands beside its link in the index.
        (line,) = re.findall(rf"^- \[{rule.id}\].*$", index, re.MULTILINE)
        for word in rule.meta.keywords:
            assert word in files[f"references/{rule.id}.md"] or word in line
        assert not rule.meta.errors or f"({rule.id}.md)" in errors
    for text, cause, rules in skill.error_texts(catalog):
        # A bare `AssertionError` has several causes.
        said = [
            line
            for line in errors.splitlines()
            if line.startswith(f"- {code_span(text)} →") and cause in line
        ]
        links = [f"[{rule_id}]({rule_id}.md)" for rule_id in rules]
        assert [line for line in said if all(link in line for link in links)], text
    parts = re.findall(r"\((errors-\d+\.md)\)", files["references/errors.md"])
    assert {f"references/{name}" for name in parts} == {
        name for name in files if "/errors-" in name
    }


def test_every_key_of_the_configuration_is_there(
    files: dict[str, str], catalog: Catalog
) -> None:
    page = (catalog.root / "docs/reference/configuration.md").read_text("utf-8")
    keys = re.findall(r"^\| `\w+` \|.*$", page, re.MULTILINE)
    assert len(keys) > 30
    for row in keys:
        row = row.replace("](../rules/", "](")
        assert row in files["references/configuration.md"]


def test_no_markup_of_the_site_is_left(files: dict[str, str]) -> None:
    for name, text in files.items():
        prose = re.sub(r"^```.*?^```$|`[^`\n]+`", "", text, flags=re.M | re.S)
        found = re.search(
            r"\{ ?[.#]|<(details|summary|div|span|!--)|markdown>|--8<--|\]\[|^:::",
            prose,
            re.MULTILINE,
        )
        assert not found, f"{name}: {found and found[0]}"
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


def test_archives_hold_the_skill(
    whole: dict[str, str], published: dict[str, bytes]
) -> None:
    wanted = {f"dbos-python/{name}": text.encode() for name, text in whole.items()}
    assert unpack_tar(published["skill/dbos-python.tar.gz"]) == wanted
    with zipfile.ZipFile(io.BytesIO(published["skill/dbos-python.zip"])) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == wanted
        for member in archive.infolist():
            assert member.date_time[:3] == (2026, 1, 2)
            assert member.external_attr >> 16 == 0o100644
    older = ".well-known/skills/"
    assert {
        name.removeprefix(older): content
        for name, content in published.items()
        if name.startswith(f"{older}dbos-python/")
    } == wanted
    assert published["skill/SKILL.md"] == wanted["dbos-python/SKILL.md"]


def test_archives_are_the_same_each_time(
    catalog: Catalog, edition: Edition, published: dict[str, bytes]
) -> None:
    assert skill.published(catalog, edition) == published
    later = skill.published(catalog, replace(edition, day=date(2026, 1, 3)))
    assert later["skill/dbos-python.zip"] != published["skill/dbos-python.zip"]
    name = "skill/dbos-python.tar.gz"
    assert later[name] != published[name]


def test_discovery_names_what_is_published(
    whole: dict[str, str], published: dict[str, bytes]
) -> None:
    folder = ".well-known/agent-skills"
    index = json.loads(published[f"{folder}/index.json"])
    assert index["$schema"].endswith("/discovery/0.2.0/schema.json")
    [entry] = index["skills"]
    assert (entry["name"], entry["type"]) == ("dbos-python", "archive")
    archive = published[f"{folder}/{entry['url']}"]
    assert entry["digest"] == f"sha256:{hashlib.sha256(archive).hexdigest()}"
    # Installers expect SKILL.md at the top.
    assert unpack_tar(archive) == {n: text.encode() for n, text in whole.items()}
    [older] = json.loads(published[".well-known/skills/index.json"])["skills"]
    assert older["files"] == list(whole)
    assert entry["description"] == older["description"] == skill.description()


def test_checksums_are_those_of_the_files(published: dict[str, bytes]) -> None:
    for name, folder in (
        ("skill/SHA256SUMS", "skill/"),
        ("skill/dbos-python.sha256", ".well-known/skills/"),
    ):
        lines = published[name].decode().splitlines()
        assert lines
        for line in lines:
            digest, _, path = line.partition("  ")
            assert hashlib.sha256(published[folder + path]).hexdigest() == digest
    listed = re.findall(r"  (\S+)\n", published["skill/SHA256SUMS"].decode())
    assert listed == [
        "SKILL.md",
        "dbos-python.tar.gz",
        "dbos-python.zip",
        "evals.json",
        "queries.json",
    ]


@pytest.fixture(params=["/", "/project/"], ids=["origin", "project"])
def served(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """The address of the built site, with and without a path."""
    with serving(site, request.param) as address:
        yield address.rstrip("/")


def test_npx_installs_it_from_the_site(served: str, site: Path, tmp_path: Path) -> None:
    """And the zip archive, unpacked by hand, is the same."""
    npx = shutil.which("npx")
    if npx is None:
        hint = "no `npx` on PATH; install Node 18 or newer"
        if os.environ.get("CI"):
            pytest.fail(hint)
        pytest.skip(hint)
    project = tmp_path / "project"
    project.mkdir()
    command = [npx, "--yes", INSTALLER, "add", served, "--yes", "--copy"]
    result = subprocess.run(
        [*command, "--agent", "claude-code"],
        cwd=project,
        env=os.environ | {"DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    installed = tree(project / ".claude/skills")
    built = tree(site / ".well-known/skills")
    del built["index.json"]
    assert installed == built
    by_hand = tmp_path / "by-hand/.claude/skills"
    with zipfile.ZipFile(site / "skill/dbos-python.zip") as archive:
        archive.extractall(by_hand)
    assert tree(by_hand) == installed
    for line in (site / "skill/dbos-python.sha256").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(installed[name]).hexdigest() == digest

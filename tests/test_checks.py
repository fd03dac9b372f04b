"""Each static check finds what it claims, nothing else, in the form that users get."""

import json
import os
import re
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import markup
import pytest
import scanner
import yaml
from scanner import Finding, scan
from support import ROOT

from book import installed
from book.model import Catalog, Check, Snippet
from book.read import read
from book.vocabulary import ASTGREP, OLDEST_ASTGREP
from exports import bundle

#: Seconds for all snippets.
SCAN_LIMIT = 5.0
#: Packages that do not use dbos, and that this project installs anyway.
STRANGERS = ("fastapi", "httpx", "jinja2", "mkdocs", "starlette", "uvicorn")
#: The newest version of dbos 2.
DBOS_2 = "dbos==2.31.1"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "check" in metafunc.fixturenames:
        checks = read(ROOT).checks
        metafunc.parametrize("check", checks, ids=[check.id for check in checks])


@pytest.fixture(scope="module")
def rules(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the site hands out."""
    return scanner.write_bundle(catalog, tmp_path_factory.mktemp("rules") / bundle.NAME)


@pytest.fixture(scope="module")
def findings(rules: Path) -> list[Finding]:
    """All that the checks report in the snippets."""
    return scan(rules, [ROOT / "snippets"])


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def snippets() -> dict[str, Snippet]:
    return {name_of(snippet.path): snippet for snippet in read(ROOT).snippets}


def test_a_check_reports_what_it_claims(check: Check, findings: list[Finding]) -> None:
    """Where the file is wrong, on a line that the page shows."""
    for name in check.found:
        lines = [
            finding.line
            for finding in findings
            if finding.check == check.id and name_of(finding.path) == name
        ]
        where = f"{check.path.relative_to(ROOT)}:{check.line}: {check.id}"
        assert lines, (
            f"{where} does not report snippets/{name}.py. "
            "Widen the pattern, or take the file out of `also:`."
        )
        regions = snippets()[name].regions.values()
        shown = [any(a <= line <= b for a, b in regions) for line in lines]
        assert snippets()[name].kind != "incorrect" or any(shown), (
            f"{where} reports lines {lines} of snippets/{name}.py, outside of what "
            "the page shows. Look for the cause instead."
        )


def unexpected(findings: list[Finding], catalog: Catalog) -> Iterator[Finding]:
    """Reports in files that are not wrong, and that no check names."""
    claims = {check.id: check.found for check in catalog.checks}
    for finding in findings:
        name = name_of(finding.path)
        # An example of one violation may have another one.
        if snippets()[name].kind != "incorrect" and name not in claims[finding.check]:
            yield finding


def test_no_right_program_is_reported(
    findings: list[Finding], catalog: Catalog
) -> None:
    wrong = [
        f"{finding.path.relative_to(ROOT)}:{finding.line}: {finding.check} reports it. "
        "Narrow the pattern, mend the program, or name the file in `also:`."
        for finding in unexpected(findings, catalog)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_check_needs_its_conditions(
    check: Check, catalog: Catalog, mutants: Mapping[str, list[str]]
) -> None:
    """Without one of them it finds more than it should, or cannot be read."""
    assert mutants[check.id], (
        f"{check.path.relative_to(ROOT)}:{check.line}: no condition of {check.id} can "
        "be taken out so that a right program is reported. Show in a program what it "
        "must not report."
    )


@pytest.fixture(scope="module")
def mutants(
    catalog: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """For each check, the conditions that are missed when they are taken out.

    Most are missed in correct programs; the others are tried on all.
    """
    target = tmp_path_factory.mktemp("mutants") / "rules.yml"
    noticed: dict[str, list[str]] = {check.id: [] for check in catalog.checks}
    right = [file for file in catalog.snippets if file.kind != "incorrect"]
    for files in ([file for file in right if file.kind == "correct"], right):
        left = [check for check in catalog.checks if not noticed[check.id]]
        documents = [
            {**made, "id": f"{check.id}/without-{number}", "rule": rule}
            for check in left
            for made in [bundle.document(catalog, check, scanner.edition())]
            for number, rule in enumerate(without_a_condition(made["rule"]))
        ]
        claims = {check.id: check.found for check in left}
        target.write_text(yaml.safe_dump_all(documents, sort_keys=False), "utf-8")
        for finding in scan(target, [file.path for file in files]) if documents else []:
            own = finding.check.rpartition("/")[0]
            if name_of(finding.path) not in claims[own]:
                noticed[own].append(finding.check)
    return noticed


def without_a_condition(rule: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rule without one of its conditions, each in turn."""
    conditions = rule.get("all", [])
    for number in range(len(conditions)):
        rest = [*conditions[:number], *conditions[number + 1 :]]
        others = {key: value for key, value in rule.items() if key != "all"}
        if rest or others:
            yield {**others, **({"all": rest} if rest else {})}
    for key in rule:
        if key not in ("all", "kind", "pattern"):
            rest = {name: value for name, value in rule.items() if name != key}
            # What is left says which kind of node is meant.
            if {"kind", "pattern", "any"} & set(rest):
                yield rest
    if "any" in rule and len(rule) == 1:
        for part in rule["any"]:
            yield from without_a_condition(part)


def test_every_check_counts(rules: Path, catalog: Catalog, tmp_path: Path) -> None:
    """An empty set of rules would end in silence, and well."""
    (tmp_path / "empty.py").write_text("")
    done = scanner.run(tmp_path, "-r", rules, "--inspect=summary", "empty.py")
    counted = re.search(r"effectiveRuleCount=(\d+)", done.stderr)
    assert counted, done.stderr
    assert int(counted[1]) == len(catalog.checks) > 50


def test_the_file_alone_reports_what_the_project_reports(
    catalog: Catalog, findings: list[Finding], tmp_path: Path
) -> None:
    """Nothing is lost where shared patterns are written into each check."""
    config = scanner.write_project(catalog, tmp_path)
    arguments = ("--json=stream", "--no-ignore=vcs", ROOT / "snippets")
    done = scanner.run(tmp_path, "-c", config, *arguments)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted((f["ruleId"], f["file"], f["range"]["start"]["line"]) for f in found)
    assert len(found) == len(findings)
    assert {
        (f["ruleId"], f["file"], f["range"]["start"]["line"] + 1) for f in found
    } == {(finding.check, str(finding.path), finding.line) for finding in findings}


def test_a_message_is_a_line_with_an_address(
    catalog: Catalog, site: Path, site_url: str
) -> None:
    documents = list(yaml.safe_load_all((site / bundle.PATH).read_text("utf-8")))
    assert [made["id"] for made in documents] == [c.id for c in catalog.checks]
    for made in documents:
        sentence, _, address = made["message"].rpartition(" ")
        assert sentence.endswith("."), made["id"]
        assert "\n" not in made["message"], made["id"]
        assert address == made["url"], made["id"]
        page = site / address.removeprefix(site_url) / "index.html"
        assert page.exists(), made["id"]


def test_names_may_be_qualified(
    catalog: Catalog, rules: Path, findings: list[Finding], tmp_path: Path
) -> None:
    """The files that checks claim, with `import dbos`: the same reports."""
    own = {
        name: path
        for check in catalog.checks
        for name in check.found
        if re.search(
            r"^from dbos import",
            (path := snippets()[name].path).read_text("utf-8"),
            re.M,
        )
    }
    for name, path in own.items():
        copy = tmp_path / f"{name}.py"
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(scanner.qualified(path.read_text("utf-8")), "utf-8")
        compile(copy.read_text("utf-8"), str(copy), "exec")
    wanted = {
        (f.check, name_of(f.path), f.line) for f in findings if name_of(f.path) in own
    }
    found = {(f.check, name_of(f.path), f.line) for f in scan(rules, [tmp_path])}
    assert found == wanted


def test_code_without_dbos_is_left_alone(rules: Path) -> None:
    folders = []
    for name in STRANGERS:
        spec = find_spec(name)
        assert spec, name
        folders += [Path(folder) for folder in spec.submodule_search_locations or ()]
    assert len(folders) == len(STRANGERS)
    assert scan(rules, folders) == []


def processor_seconds() -> float:
    """What ended processes of this one have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_all_snippets_are_read_in_seconds(
    rules: Path, record_property: Callable[[str, object], None]
) -> None:
    # Of the processor: how many other programs it has meanwhile is their matter.
    start = processor_seconds()
    scan(rules, [ROOT / "snippets"])
    seconds = processor_seconds() - start
    record_property("summary", f"static checks: all snippets in {seconds:.2f} s")
    assert seconds <= SCAN_LIMIT


def test_the_oldest_version_reports_the_same(
    rules: Path, findings: list[Finding], tmp_path: Path
) -> None:
    tool = ("uvx", "--quiet", "--from", f"ast-grep-cli=={OLDEST_ASTGREP}", "ast-grep")
    command = [*tool, "scan", "-r", str(rules), "--json=stream", "--no-ignore=vcs"]
    done = subprocess.run(
        [*command, str(ROOT / "snippets")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert sorted(map(scanner.finding, done.stdout.splitlines())) == findings


def test_the_newest_version_is_the_pinned_one(site: Path) -> None:
    said = subprocess.run(
        [scanner.program(), "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["ast-grep", ASTGREP]
    page = markup.load(site / "check/index.html").text()
    assert set(re.findall(r"ast-grep-cli==([\d.]+)", page)) == {ASTGREP}


def test_a_page_names_its_checks_or_says_that_it_has_none(
    catalog: Catalog, site: Path
) -> None:
    for rule in catalog.rules:
        page = markup.load(site / f"rules/{rule.id}/index.html")
        assert markup.find(page, "#find-it"), rule.id
        shown = page.text()
        assert ("No check: the cause is not in the code." in shown) == (not rule.checks)
        for check in rule.checks:
            assert f"{check.id}, {check.severity}: " in shown, check.id
            assert f"id: {check.id}\n" in shown, check.id


def test_the_numbers_on_the_page_are_counted(
    catalog: Catalog, site: Path, findings: list[Finding]
) -> None:
    wrong = {name for name, file in snippets().items() if file.kind == "incorrect"}
    own = {check.id: check.found for check in catalog.checks}
    found = {
        name
        for finding in findings
        if (name := name_of(finding.path)) in own[finding.check]
    }
    page = markup.load(site / "check/index.html").text()
    sentence = f"find {len(found & wrong)} of the {len(wrong)} incorrect programs"
    assert sentence in page
    reported = {
        name_of(finding.path)
        for finding in findings
        if snippets()[name_of(finding.path)].kind == "correct"
    }
    # That of a test which has to find a violation.
    assert reported == {"test-recovery/correct"}
    assert "they report test-recovery/correct.py alone" in page
    # What is worth a page of its own.
    assert len(found & wrong) >= 0.6 * len(wrong)


@pytest.mark.parametrize("form", ["--format=github", "--format=sarif"])
def test_every_form_has_the_address(rules: Path, form: str, tmp_path: Path) -> None:
    source = ROOT / "snippets/queue-basics/incorrect.py"
    shutil.copyfile(source, tmp_path / "app.py")
    done = scanner.run(tmp_path, "-r", rules, form, "app.py")
    address = f"{scanner.SITE_URL}rules/queue-basics/"
    if form == "--format=sarif":
        (result, *_) = json.loads(done.stdout)["runs"][0]["results"]
        assert address in result["message"]["text"]
    else:
        assert re.search(rf"^::error .*{re.escape(address)}", done.stdout, re.M)
    assert done.returncode == 1


def test_the_names_are_those_of_the_package() -> None:
    """The package is parsed to be quick; here it is imported."""
    import dbos
    from dbos._sys_db import WorkflowStatusString

    def listed(name: str) -> set[str]:
        return set(installed.alternatives(name).split("|"))

    def keys(record: Any) -> set[str]:
        return set(record.__required_keys__ | record.__optional_keys__)

    assert listed("config-keys") == keys(dbos.DBOSConfig)
    assert listed("enqueue-keys") == keys(dbos.EnqueueOptions)
    assert listed("statuses") == {status.value for status in WorkflowStatusString}
    twins = {name for name in listed("loop-methods") if hasattr(dbos.DBOS, name)}
    assert twins == {name for name in twins if hasattr(dbos.DBOS, f"{name}_async")}
    assert {"recv", "send", "cancel_workflow", "patch"} <= twins


#: Prints what dbos 2 has, as JSON.
NAMES_OF_DBOS_2 = """
import inspect, json, dbos
print(json.dumps({
    "removed-methods": dir(dbos.DBOS),
    "removed-config-keys": list(dbos.DBOSConfig.__annotations__),
    "removed-queue-options": [
        *inspect.signature(dbos.DBOS.register_queue).parameters
    ],
    "removed-enqueue-keys": list(dbos.EnqueueOptions.__annotations__),
}))
"""


def test_what_was_removed_is_in_dbos_2_alone() -> None:
    import inspect

    import dbos

    command = ["uv", "run", "--quiet", "--no-project", "--with", DBOS_2]
    done = subprocess.run(
        [*command, "python", "-c", NAMES_OF_DBOS_2],
        capture_output=True,
        text=True,
        check=True,
        env={key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"},
    )
    old = json.loads(done.stdout)
    new = {
        "removed-methods": dir(dbos.DBOS),
        "removed-config-keys": dbos.DBOSConfig.__annotations__,
        "removed-queue-options": inspect.signature(dbos.DBOS.register_queue).parameters,
        "removed-enqueue-keys": dbos.EnqueueOptions.__annotations__,
    }
    for kind, names in installed.REMOVED.items():
        gone = {name for name in old[kind] if name[0] != "_"} - set(new[kind])
        assert set(names) == gone, kind


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("id: queue-basics", "id: queue-basics/absent", "which does not exist"),
        ("id: queue-basics", "id: step-basics", "in the folder of queue-basics"),
        ("severity: error", "severity: fatal", "severity is 'fatal'"),
        ("severity: error", "", "the check has no severity"),
        ("after the launch.", "after the launch", "message is"),
        ("language: python", "language: python\nfixed: yes", "unknown key fixed"),
        ("  kind: call", "  kind: call\n  matches: absent", "no utility 'absent'"),
        ("  kind: call", "  kind: call\n  regex: <<absent>>", "<<absent>> is unknown"),
        ("rule:", "rule: [", "the file is not YAML"),
    ],
)
def test_a_check_that_cannot_be_used_is_a_problem(
    before: str, after: str, problem: str, copy_of_the_rules: Path
) -> None:
    path = copy_of_the_rules / "snippets/queue-basics/check.yml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = [str(each) for each in read(copy_of_the_rules).problems]
    assert any(
        re.match(r"snippets/queue-basics/check\.yml:\d+: ", text) and problem in text
        for text in found
    ), found

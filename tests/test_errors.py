"""The errors page and the installed dbos agree, in both directions."""

import ast
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import dbos
import markup
import pytest
from dbos import error as dbos_error
from support import ROOT

from book import errors
from book.errors import Entry
from book.model import Catalog, CatalogError

PACKAGE = Path(dbos.__file__).parent
#: Stands for a value in a template that is read from dbos's sources.
VALUE = "{}"
#: Calls that write to the log. `adopt_recorded_outcome` in _core.py logs its argument.
LOGGING = {"warning", "error", "critical", "adopt_recorded_outcome"}
#: Log lines that ask nothing of a developer, or stand beside one that is listed. A new
#: version's new lines are in neither place, and a test asks for them.
NOT_LISTED = (
    # Parts of dbos that no rule is about.
    "_auto_upgrade.py",
    "_docker_pg_helper.py",
    "_enterprise.py",
    "_kafka.py",
    "_logger.py",
    "_tracer.py",
    # dbos stops, retries or cleans up by itself.
    "Auto-upgrade is disabled: it is not supported on a sharded system database.",
    "BackgroundEventLoop thread did not exit within timeout",
    "Could not acquire migration advisory lock within {}s. "
    "Attempting migrations without lock.",
    "Could not connect to postgres database to verify existence of {}. Continuing...",
    "Could not evict connections before truncating: {}",
    "Dropping invalid index {}.{} left by a prior failed migration",
    "Error fetching dequeued workflow statuses: {}",
    "Error polling status for preemptible steps: {}",
    "Exception finding work for queue {}: {}",
    "Exception in background job {}: {}",
    "Exception listing queues: {}",
    "Exception polling schedules: {}",
    "Exception reloading queue {} from database: {}",
    "Exception taking the {} lock: {}",
    "Failed to delete datasource checkpoints of workflow {}: {}",
    "Fallback notification poll failed",
    "Fallback workflow event poll failed",
    "Key {} not found in event dictionary.",
    "Notification listener error: {}",
    "Notification listener thread did not exit within timeout",
    "Notification poller error: {}",
    "Notifier error: {}",
    "Notifier final flush error: {}",
    "Notifier flush error on {}: {}",
    "Stream offset conflict for workflow {}, key {}; retrying",
    "Unknown channel: {}",
    # The error is raised as well, or says the same.
    "Error deleting SQLite database file {}: {}",
    "Error resetting PostgreSQL system database: {}",
    "Exception during automatic backfill for schedule '{}': {}",
    'Found no tables to empty in schema "{}" of system database {}. If it uses a '
    "different schema, pass that schema to reset_system_database.",
    "Ignoring malformed {} workflow attribute: {}",
    "Not checkpointing {} failure in workflow {}: its error cannot be serialized: {}",
    "Warning: context object could not be deserialized for schedule {}, "
    "returning as string: {}",
)

#: Texts of rules that cannot be seen here, and where they are.
ELSEWHERE = {
    'psycopg.errors.UndefinedTable: relation "dbos.workflow_status" does not exist': (
        "PostgreSQL"
    ),
    "enable_patching must be True in DBOS configuration": "dbos 2",
}


@pytest.fixture(scope="module")
def entries(catalog: Catalog) -> tuple[Entry, ...]:
    return errors.entries(catalog)


@pytest.fixture(scope="module")
def provoked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By anchor, what each program of provoked.py raised, and where."""
    result = subprocess.run(
        [sys.executable, str(ROOT / "tests/provoked.py")],
        cwd=tmp_path_factory.mktemp("provoked"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By anchor, what each program of logged.py raised and what dbos logged."""
    result = subprocess.run(
        [sys.executable, str(ROOT / "tests/logged.py")],
        cwd=tmp_path_factory.mktemp("logged"),
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def classes() -> dict[str, type[BaseException]]:
    return {
        name: value
        for name, value in vars(dbos_error).items()
        if isinstance(value, type)
        and issubclass(value, BaseException)
        and value.__module__ == dbos_error.__name__
    }


def template(node: ast.expr | None) -> str | None:
    """The text of an expression, with VALUE for what is only known at run time."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(template(value) or VALUE for value in values)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return (template(left) or VALUE) + (template(right) or VALUE)
    return None


@cache
def trees() -> dict[str, list[ast.AST]]:
    """Every node of every file of the package."""
    return {
        path.name: list(ast.walk(ast.parse(path.read_text("utf-8"))))
        for path in sorted(PACKAGE.glob("*.py"))
    }


def nodes() -> Iterator[ast.AST]:
    for found in trees().values():
        yield from found


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """File, name of the function and node of every call in the package."""
    return [
        (file, getattr(node.func, "attr", getattr(node.func, "id", "")), node)
        for file, found in trees().items()
        for node in found
        if isinstance(node, ast.Call)
    ]


@cache
def log_lines() -> dict[str, tuple[str, str]]:
    """Template of every warning and error that dbos logs, to its level and file."""
    found = {}
    for file, name, node in calls():
        if name in LOGGING and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Call):
                text = returned().get(getattr(argument.func, "id", ""))
            else:
                text = template(argument)
            if text:
                found[text] = ("error" if name == "error" else "warning", file)
    return found


@cache
def returned() -> dict[str, str]:
    """The texts of functions that only return one, by the function's name."""
    return {
        node.name: text
        for node in nodes()
        if isinstance(node, ast.FunctionDef)
        and isinstance(node.body[0], ast.Return)
        and (text := template(node.body[0].value))
    }


@cache
def raised() -> list[tuple[str, str]]:
    """Class and text of every place in the package that makes one of its errors.

    The class is constructed as there, with VALUE for unknown texts and 7 for numbers.
    Where an argument may be absent, that text is there as well.
    """
    found = set()
    for _, name, node in calls():
        error = classes().get(name)
        if error is None or name.endswith("Exception"):
            continue
        parameters = list(inspect.signature(error).parameters.values())
        given = dict(zip((p.name for p in parameters), node.args, strict=False))
        given |= {keyword.arg: keyword.value for keyword in node.keywords}
        values = {p.name: sample(p, given.get(p.name)) for p in parameters}
        needed = {p.name: values[p.name] for p in parameters if p.default is p.empty}
        for arguments in (values, needed) if absent(parameters) else (values,):
            message: str = vars(error(**arguments))["message"]
            found.add((name, re.sub(r"\b7(?=\D|$)", VALUE, message)))
    return sorted(found)


def sample(parameter: inspect.Parameter, node: ast.expr | None) -> Any:
    if (text := template(node)) is not None:
        return text
    annotation = str(parameter.annotation)
    if "list" in annotation:
        return []
    return 7 if re.search("int|float", annotation) else VALUE


def absent(parameters: Iterable[inspect.Parameter]) -> bool:
    """Whether a number may be left out, which changes the text."""
    return any(p.default is None and "float" in str(p.annotation) for p in parameters)


def disagreements(
    entries: Sequence[Entry], provoked: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """What dbos has and the data file does not, and the other way round."""
    rows = [entry for entry in entries if entry.line]
    by_code = [row for row in rows if row.section == "codes"]
    for name in {row.kind for row in by_code} ^ set(classes()):
        yield name, "is a class of dbos or of a row, and not of both"
    in_enum = {member.value for member in dbos_error.DBOSErrorCode}
    for code in {row.code for row in by_code if row.code} ^ in_enum:
        yield f"error {code}", "is a code of dbos or of a row, and not of both"
    for kind, message in raised():
        if not any(row.kind == kind and gives(row, message) for row in by_code):
            yield f"{kind}: {message}", "is raised by dbos, and no row has it"
    for row in by_code:
        if row.code and not any(
            row.kind == kind and gives(row, text) for kind, text in raised()
        ):
            yield row.anchor, "has a text that dbos does not raise"
    by_anchor = {entry.anchor: entry for entry in entries}
    others = {row.anchor for row in rows if row.section == "others"}
    for anchor in others - set(provoked):
        yield anchor, "is raised by no program of provoked.py"
    for anchor, (printed, line) in provoked.items():
        row = by_anchor.get(anchor)
        if row is None:
            yield anchor, "is provoked, and no row has it"
        elif not shows(row, printed):
            yield anchor, f"is not what is raised: {printed.splitlines()[0]}"
        elif not row.text and not re.search(ends_in(row), line):
            yield anchor, f"says that the traceback ends otherwise than in {line}"
    logged = [row for row in rows if row.section == "log"]
    for text, (level, file) in log_lines().items():
        listed = [row for row in logged if gives(row, text)]
        left_out = text in NOT_LISTED or file in NOT_LISTED
        if bool(listed) == left_out:
            yield text, "is a log line that is neither listed nor left out, or both"
        for row in listed:
            if row.level != level:
                yield row.anchor, f"is logged as {level}"
    for row in logged:
        if not any(gives(row, text) for text in log_lines()):
            yield row.anchor, "is a log line that dbos does not write"


def gives(row: Entry, text: str) -> bool:
    """Whether row and template are one text, or one is the more general of the two."""
    general = errors.template(re.sub(r": \{\}$", ": {message}", text))
    return row.covers(text) or row.key == text or bool(general.fullmatch(row.text))


def shows(row: Entry, printed: str) -> bool:
    """Whether a traceback's last lines are what the row gives."""
    kind, _, message = printed.partition(": ")
    message = re.sub(r"^DBOS Error( \d+)?: ", "", message).partition("\n")[0]
    # What Python finds similar differs from version to version.
    message = re.sub(r"\. Did you mean: '\w+'\?$", "", message)
    same_kind = kind.rpartition(".")[2] == row.kind.rpartition(".")[2]
    return same_kind and (
        message == row.text or row.covers(message) or row.text == "{message}"
    )


def ends_in(row: Entry) -> str:
    quoted = re.search(r"ends in `([^`]+)`", row.cause)
    return re.escape(quoted[1]) if quoted else r"\Z."


def test_every_row_is_true_and_no_error_is_missing(
    entries: Sequence[Entry], provoked: dict[str, list[str]]
) -> None:
    found = [f"{what} {message}" for what, message in disagreements(entries, provoked)]
    assert not found, "\n".join(found)


def test_every_code_and_log_line_was_met(
    entries: Sequence[Entry],
    provoked: dict[str, list[str]],
    logged: dict[str, list[str]],
) -> None:
    """By a program here or on the page of a rule, or the cause says that none did."""
    rows = {row.anchor: row for row in entries if row.line}
    for anchor, texts in logged.items():
        pattern = errors.PLACEHOLDER.sub("\0", rows[anchor].text)
        parts = map(re.escape, pattern.split("\0"))
        met = re.compile(".*".join(parts), re.DOTALL)
        assert any(map(met.search, texts)), f"{anchor}: {texts}"
    met_none = {anchor for anchor, row in rows.items() if "has met this" in row.cause}
    assert not met_none & set(logged)
    for row in rows.values():
        if row.section in ("codes", "log") and row.anchor not in provoked | logged:
            assert row.rules, f"make a program of logged.py that meets {row.anchor}"


def test_every_row_is_needed(
    entries: Sequence[Entry], provoked: dict[str, list[str]]
) -> None:
    for row in filter(lambda entry: entry.line, entries):
        others = [other for other in entries if other is not row]
        assert any(disagreements(others, provoked)), f"nobody misses {row.anchor}"


def test_a_changed_text_is_noticed(
    entries: Sequence[Entry], provoked: dict[str, list[str]]
) -> None:
    for row in filter(lambda entry: entry.line, entries):
        if row.text in ("", "{message}"):
            continue
        changed = replace(row, text=f"Not {row.text}")
        others = [changed if other is row else other for other in entries]
        assert any(disagreements(others, provoked)), row.anchor


@pytest.fixture
def edited(catalog: Catalog, tmp_path: Path) -> Callable[[str, str], Catalog]:
    """A catalogue with another data file, in which one text is replaced once."""

    def edit(old: str, new: str) -> Catalog:
        source = (ROOT / errors.SOURCE).read_text("utf-8")
        assert old in source
        path = tmp_path / errors.SOURCE
        path.parent.mkdir(parents=True)
        path.write_text(source.replace(old, new, 1), "utf-8")
        return replace(catalog, root=tmp_path)

    return edit


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("codes:", "code: x:", "the file is not YAML. "),
        ("log:", "logs:", "the file has other lists. Write, in this order: codes, "),
        (
            "- anchor: error-1\n",
            "- word\n- anchor: error-1\n",
            "the row is no mapping. ",
        ),
        (
            "- anchor: error-1\n",
            "- ankor: error-1\n",
            "the row has no anchor. Add `anc",
        ),
        (
            "- anchor: error-1\n",
            "- ankor: error-1\n",
            "unknown key ankor. Known keys: ",
        ),
        ("- anchor: error-1\n", "- anchor: Error 1\n", "anchor is 'Error 1'. Use "),
        ("- anchor: error-1\n", "- anchor: error-2\n", "a second row with the anchor "),
        ("  code: 1\n", "  code: one\n", "code is 'one'. Write dbos's number"),
        ("  code: 1\n", "", "the row has no code. Add `code:` to it."),
        ("rules: [workflow-", "rules: [flow-", "no rule is called 'flow-cleanup'. Na"),
        ("  rules: [pattern-idempotency]\n", "", "the row error-2-empty-id leads no"),
        (
            "  level: warning\n",
            "  level: info\n",
            "level is 'info'. Use warning or ",
        ),
        ("  class: DBOSWork", "  class: #", "class is None. Write a text."),
    ],
)
def test_a_bad_data_file_names_line_and_remedy(
    edited: Callable[[str, str], Catalog], old: str, new: str, problem: str
) -> None:
    catalog = edited(old, new)
    source = (catalog.root / errors.SOURCE).read_text("utf-8")
    with pytest.raises(CatalogError) as caught:
        errors.entries(catalog)
    found = re.findall(
        rf"(?m)^{errors.SOURCE}:(\d+): {re.escape(problem)}", str(caught.value)
    )
    assert found, caught.value
    # The line is the row's first one.
    line = source.splitlines()[int(found[0]) - 1]
    assert line.startswith("- ") or "file" in problem


def test_every_text_of_a_rule_leads_to_it(
    catalog: Catalog, entries: Sequence[Entry]
) -> None:
    for rule in catalog.rules:
        own = {entry.key for entry in entries if rule.id in entry.rules}
        for text in rule.meta.errors:
            printed = errors.PRINTED_CLASS.match(text)
            message = text[printed.end() :] if printed else text
            assert errors.PLACEHOLDER.sub("{}", message) in own, f"{rule.id}: {text}"


def test_texts_that_only_rules_have_are_true(
    catalog: Catalog, entries: Sequence[Entry], provoked: dict[str, list[str]]
) -> None:
    """They are in dbos's sources, in a snippet's output or raised by provoked.py."""
    templates = literals() | {text for _, text in raised()}
    shown = [
        line for snippet in catalog.snippets for line in snippet.output.splitlines()
    ]
    for entry in entries:
        known = (
            entry.line
            or entry.anchor in provoked
            or entry.printed in ELSEWHERE
            or entry.key in templates
            or any(errors.template(entry.printed).search(line) for line in shown)
            or any(gives(entry, text) for text in templates)
        )
        assert known, f"{entry.rules[0]}: show this error: {entry.printed}"


@cache
def literals() -> set[str]:
    """Every text in the package's sources, with VALUE for what is filled in."""
    texts = (template(node) for node in nodes() if isinstance(node, ast.expr))
    return {text for text in texts if text and " " in text}


def test_no_log_line_stands_among_the_errors(entries: Sequence[Entry]) -> None:
    """It would say that something is raised; add it to the data file's `log`."""
    for entry in entries:
        if entry.section in ("others", "rules") and not entry.kind:
            assert not any(gives(entry, text) for text in log_lines()), entry.printed


def test_a_rules_texts_join_the_rows(
    catalog: Catalog, entries: Sequence[Entry]
) -> None:
    by_anchor = {entry.anchor: entry for entry in entries}
    assert len(by_anchor) == len(entries)
    # Two errors without a text: only the row that names the rule is the rule's.
    assert "workflow-constraints" in by_anchor["assertionerror-workflow-in-step"].rules
    assert by_anchor["assertionerror-max-attempts"].rules == ("step-retries",)
    assert {"error-11", "error-15"} <= {
        entry.anchor for entry in entries if "advanced-patching" in entry.rules
    }


def test_one_anchor_for_two_texts_of_rules_is_refused(catalog: Catalog) -> None:
    rule = catalog.rule("step-basics")
    texts = [f"{'the same beginning ' * 6} and {end}" for end in ("one end", "another")]
    other = replace(rule, meta=rule.meta.model_copy(update={"errors": texts}))
    rules = tuple(other if each is rule else each for each in catalog.rules)
    line = rule.meta_lines["errors"]
    with pytest.raises(
        CatalogError, match=rf"step-basics\.md:{line}: .*anchor of its own"
    ):
        errors.entries(replace(catalog, rules=rules))


def test_the_page_shows_every_entry(site: Path, entries: Sequence[Entry]) -> None:
    article = markup.one(markup.load(site / "errors/index.html"), "article")
    terms = markup.find(article, "dt")
    assert [term.id for term in terms] == [entry.anchor for entry in entries]
    for entry, term in zip(entries, terms, strict=True):
        assert markup.values(term, ".headerlink", "href") == [f"#{entry.anchor}"]
        assert entry.printed in markup.text(term)
        [told] = markup.find(article, f"#{entry.anchor} ~ dd")[:1]
        assert {f"../rules/{rule}/" for rule in entry.rules} <= set(
            markup.values(told, "a", "href")
        )


def test_the_introduction_is_true() -> None:
    assert (
        dbos_error.DBOSMaxStepRetriesExceeded is classes()["DBOSMaxStepRetriesExceeded"]
    )
    uncaught = {
        name for name, value in classes().items() if not issubclass(value, Exception)
    }
    assert uncaught == {
        "DBOSBaseException",
        "DBOSWorkflowCancelledError",
        "DBOSWorkflowConflictIDError",
    }

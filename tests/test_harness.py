"""A good rule, broken in each way that must be noticed, and is.

Every test changes one thing in a copy of the rules and asserts that the suite's own
checks reject it with a message that names the file.
"""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import harness
import new_rule
import pytest
import test_snippets
from harness import Fork, SnippetError
from runner import Runner
from support import ROOT
from test_endings import copy_of_the_suite

from book import read
from book.model import Snippet

RETRIES = "docs/rules/step-retries.md"
PAIR = "snippets/step-retries/incorrect.py"
TWIN = "snippets/step-retries/correct.py"
CASES = "snippets/step-retries/cases.py"
FILTERS = "snippets/step-retries/cases_should_retry.py"
DATABASES = "snippets/advanced-shared-database/cases_databases.py"


class Copy:
    """A copy of the rules to break.

    Args:
        root: Its top folder.
        runner: Runs its snippets as the suite does.
    """

    def __init__(self, root: Path, runner: Runner) -> None:
        self.root = root
        self.runner = runner

    def change(self, name: str, old: str, new: str) -> None:
        """Replaces a text that stands in the file exactly once."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), "utf-8")

    def snippet(self, name: str) -> Snippet:
        """The snippet in that file."""
        path = self.root / name
        return Snippet(path.parent.name, path, path.read_text("utf-8"))

    def problems(self) -> str:
        """What tests/test_catalog.py would report."""
        return "\n".join(map(str, read.read(self.root).problems))

    def rejection(self, name: str, database: str = "sqlite") -> str:
        """What tests/test_snippets.py would report of that file."""
        with pytest.raises(SnippetError) as caught:
            self.runner.outcome(self.snippet(name), database)
        assert name in str(caught.value)
        return str(caught.value)


@pytest.fixture
def copy(copy_of_the_rules: Path, runner: Runner) -> Copy:
    return Copy(copy_of_the_rules, runner)


def test_the_copy_is_good(copy: Copy) -> None:
    assert copy.problems() == ""
    copy.runner.outcome(copy.snippet(TWIN), "sqlite")


@pytest.mark.parametrize("kind", new_rule.KINDS)
def test_a_scaffold_goes_green_by_filling_it_in(copy: Copy, kind: str) -> None:
    """Each kind's programs do what they declare, once they are recorded."""
    files = new_rule.create(copy.root, "queue-example", kind)
    for path in files:
        text = path.read_text("utf-8").replace("TODO", "Then")
        text = text.replace("tags: []", "tags: [queues]")
        text = text.replace("keywords: []", "keywords: [example]")
        for line in ("what happens otherwise.", "the mechanism."):
            text = text.replace(line, "The queue is polled. " * 30)
        if printed := re.search(r'return "(.*)"', text):
            text = text.replace("print(todo())", f"print(todo())\n    #> {printed[1]}")
        status = "    #> Then what is tried: SUCCESS\n"
        text = text.replace(".status)\n", f".status)\n{status}")
        path.write_text(text, "utf-8")
    for path in files[1:]:
        snippet = copy.snippet(path.relative_to(copy.root).as_posix())
        copy.runner.outcome(snippet, "sqlite", update=snippet.is_recorded)
        copy.runner.outcome(copy.snippet(str(path)), "sqlite")
    assert copy.problems() == ""


# Outputs


def test_an_output_off_by_one_character(copy: Copy) -> None:
    copy.change(TWIN, "#> quote 42", "#> quote 43")
    assert "#> quote 42" in copy.rejection(TWIN)


def test_an_output_that_is_missing(copy: Copy) -> None:
    copy.change(TWIN, "    #> quote 42\n", "")
    assert "#> quote 42" in copy.rejection(TWIN)


def test_an_output_below_a_print_that_never_runs(copy: Copy) -> None:
    copy.change(
        TWIN,
        "    DBOS.destroy()",
        '    if len(attempts) > 3:\n        print("too many")\n'
        "        #> too many\n    DBOS.destroy()",
    )
    assert "never ran" in copy.rejection(TWIN)


def test_an_output_that_print_did_not_write(copy: Copy) -> None:
    copy.change(
        TWIN,
        "    DBOS.destroy()",
        '    os.write(1, b"past print")\n    DBOS.destroy()',
    )
    assert "past print" in copy.rejection(TWIN)


def test_a_stale_recording(copy: Copy) -> None:
    name = "snippets/queue-basics/incorrect.py"
    copy.change(name.replace(".py", ".out"), "cannot be", "can not be")
    assert "stale" in copy.rejection(name)


def test_a_stale_transcript(copy: Copy) -> None:
    name = "snippets/step-basics/correct.py"
    copy.change(name.replace(".py", ".out"), "is read from the record", "runs again")
    assert "charge is read from the record" in copy.rejection(name)


# What goes wrong and what does not


def test_an_incorrect_file_that_does_not_fail(copy: Copy) -> None:
    name = "snippets/queue-basics/incorrect.py"
    copy.change(
        name,
        '    reports = Queue("reports", worker_concurrency=1)\n    DBOS.launch()\n',
        '    DBOS.launch()\n    reports = DBOS.register_queue("reports")\n',
    )
    assert "ends well" in copy.rejection(name)


def test_an_incorrect_file_that_raises_something_else(copy: Copy) -> None:
    name = "snippets/queue-basics/incorrect.py"
    copy.change(name, "# expect: raises DBOSException", "# expect: raises ValueError")
    message = copy.rejection(name)
    assert "raises ValueError" in message
    assert "raises DBOSException" in message


def test_a_correct_file_that_raises(copy: Copy) -> None:
    copy.change(TWIN, "    DBOS.launch()\n", "")
    assert "raises dbos._error.DBOSException" in copy.rejection(TWIN)


def test_a_correct_file_that_is_no_python(copy: Copy) -> None:
    copy.change(TWIN, "DBOS.launch()", "DBOS.launch(")
    line = copy.snippet(TWIN).source.split("DBOS.launch(")[0].count("\n") + 1
    assert f"line {line} raises" in copy.rejection(TWIN)


def test_a_wrong_result_that_is_the_right_one(copy: Copy) -> None:
    text = (copy.root / TWIN).read_text("utf-8")
    (copy.root / PAIR).write_text(text.replace("expect: ok", "expect: wrong"), "utf-8")
    assert f"{PAIR}:1: prints the same as correct.py" in copy.problems()


def test_an_incorrect_file_that_expects_to_end_well(copy: Copy) -> None:
    copy.change(PAIR, "# expect: wrong", "# expect: ok")
    assert f"{PAIR}:2: an incorrect file that ends well" in copy.problems()


def test_a_pair_that_differs_outside_its_regions(copy: Copy) -> None:
    copy.change(PAIR, "if len(attempts) < 3:", "if len(attempts) < 4:")
    assert f"{PAIR}:14: differs from correct.py outside" in copy.problems()


def test_a_difference_that_is_explained_and_does_not_exist(copy: Copy) -> None:
    copy.change(PAIR, "# expect: wrong", "# expect: wrong\n# differs: it does not")
    assert f"{PAIR}:2: # differs: but it is the same" in copy.problems()


def test_a_crash_file_that_repeats_a_completed_step(copy: Copy) -> None:
    name = "snippets/step-basics/correct.py"
    copy.change(name, "@DBOS.step()\ndef charge", "def charge")
    wrong = (copy.root / "snippets/step-basics/incorrect.out").read_text("utf-8")
    (copy.root / "snippets/step-basics/correct.out").write_text(
        wrong.replace("incorrect.py", "correct.py"), "utf-8"
    )
    assert "charge ran 2 times" in copy.rejection(name)


def test_a_crash_file_that_does_not_crash(copy: Copy) -> None:
    name = "snippets/step-basics/correct.py"
    copy.change(name, "os.kill(os.getpid(), signal.SIGKILL)", "signal.getsignal(9)")
    assert "instead of killing itself" in copy.rejection(name)


def test_a_correct_crash_file_that_does_not_recover(copy: Copy) -> None:
    name = "snippets/step-basics/correct.py"
    copy.change(name, '    print("charges', '    CRASHED.open("x")\n    print("charges')
    assert "raises FileExistsError" in copy.rejection(name)


def test_a_need_that_the_other_database_satisfies(
    copy: Copy, pytestconfig: pytest.Config
) -> None:
    copy.change(TWIN, "# expect: ok", "# expect: ok\n# needs: postgres - no reason")
    assert copy.problems() == ""
    with pytest.raises(pytest.fail.Exception, match=r"correct\.py declares .* sqlite"):
        test_snippets.test_snippet(
            copy.snippet(TWIN), "sqlite", copy.runner, pytestconfig, lambda *_: None
        )


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("os.kill(os.getpid(), 15)", "the process died with -15"),
        ("open('../stray.txt', 'w').close()", "leaves behind"),
        ('os.write(1, b"past print")', "past print"),
    ],
)
def test_a_need_that_is_no_other_result(
    copy: Copy, pytestconfig: pytest.Config, code: str, message: str
) -> None:
    """What shows nothing on a database does not prove that this shows another thing."""
    copy.change(TWIN, "# expect: ok", "# expect: ok\n# needs: postgres - no reason")
    copy.change(TWIN, "    DBOS.destroy()", f"    DBOS.destroy()\n    {code}")
    with pytest.raises(SnippetError, match=message):
        test_snippets.test_snippet(
            copy.snippet(TWIN), "sqlite", copy.runner, pytestconfig, lambda *_: None
        )


def test_a_need_that_a_crash_file_does_not_prove(
    copy: Copy, pytestconfig: pytest.Config
) -> None:
    name = "snippets/step-basics/correct.py"
    copy.change(name, "# expect: crash", "# expect: crash\n# needs: postgres - none")
    copy.change(
        name, "os.kill(os.getpid(), signal.SIGKILL)", "os.kill(os.getpid(), 15)"
    )
    with pytest.raises(SnippetError, match="instead of killing itself"):
        test_snippets.test_snippet(
            copy.snippet(name), "sqlite", copy.runner, pytestconfig, lambda *_: None
        )


def test_another_result_proves_a_need(copy: Copy, pytestconfig: pytest.Config) -> None:
    copy.change(TWIN, "# expect: ok", "# expect: ok\n# needs: postgres - a reason")
    copy.change(TWIN, "#> quote 42", "#> quote 43")
    test_snippets.test_snippet(
        copy.snippet(TWIN), "sqlite", copy.runner, pytestconfig, lambda *_: None
    )


# Cases


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        # Another count, another error, another status.
        (
            FILTERS,
            'return "answer 1" in str(failure)',
            'return "answer 2" not in str(failure) or len(attempts) < 3',
            "an async step, an async `should_retry`: 3 attempts",
        ),
        (FILTERS, 'KeyError("no', 'ValueError("no', "`should_retry` raises: 1"),
        (
            "snippets/workflow-introspection/cases.py",
            "SetEnqueueOptions(delay_seconds=3600)",
            "SetEnqueueOptions()",
            "a job with a delay of an hour: ENQUEUED",
        ),
        (DATABASES, '"dbos_system_schema"', '"dbos_schema"', "is stale"),
    ],
)
def test_a_case_in_which_something_else_happens(
    copy: Copy, name: str, old: str, new: str, message: str
) -> None:
    copy.change(name, old, new)
    database = "postgres" if name == DATABASES else "sqlite"
    assert message in copy.rejection(name, database)


def test_a_case_that_nothing_prints(copy: Copy) -> None:
    """The catalogue misses its output, and the run does not print what is made up."""
    call = 'print("`should_retry` raises:", sync_step(broken))'
    copy.change(FILTERS, f"    {call}", f"    if len(attempts) > 9:\n        {call}")
    assert "line 91 has a #> line below a print that never ran" in copy.rejection(
        FILTERS
    )
    output = "    #> `should_retry` raises: 1 attempt, KeyError\n"
    copy.change(FILTERS, output, "")
    assert "nothing is shown for '`should_retry` raises'" in copy.problems()


def test_two_databases_that_do_not_differ(copy: Copy) -> None:
    path = copy.root / DATABASES
    recordings = [path.with_suffix(f".{name}.out") for name in ("sqlite", "postgres")]
    recordings[0].write_text(recordings[1].read_text("utf-8"), "utf-8")
    assert f"{DATABASES}:1: # databases: but both print the same" in copy.problems()
    assert "is stale" in copy.rejection(DATABASES)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            CASES,
            'waits by default:", waited()',
            'waits by default:", "waits of 1 and 2"',
            "what happened to 'the waits by default' is written down, not seen",
        ),
        (
            CASES,
            'print("the waits by default:",',
            'print("The waits: by default:",',
            "the line begins with no case",
        ),
        (
            CASES,
            'print("the waits by default:", waited())',
            'print(f"the waits by default: {waited()}")',
            "the line begins with no case",
        ),
        (
            CASES,
            'print("the waits by default:",',
            f'print("the waits{" by default" * 6}:",',
            "the case has 75 characters. Shorten it to 60",
        ),
        (
            CASES,
            "#> the waits by default: waits of 1 and 2 seconds",
            f"#> the waits by default: {'waits ' * 16}",
            "the result has 95 characters. Shorten it to 90",
        ),
        (
            CASES,
            'print("the waits by default:",',
            'print("an async step:",',
            "a second case 'an async step'",
        ),
        (
            FILTERS,
            'print("`should_retry` raises:",',
            'print("an async step:",',
            "the case 'an async step' stands in cases.py too",
        ),
        (
            CASES,
            "        #> the waits by default: waits of 1 and 2 seconds",
            "        '''\n        the waits by default: waits\n        '''",
            "an output too long for one #> line",
        ),
        (CASES, "\n\ndef ask()", "\n" * 20 + "\n\ndef ask()", "Keep it to 120"),
        (TWIN, "# expect: ok", "# expect: ok\n# databases: no", "is none of cases"),
        (CASES, "    DBOS.destroy()", "    DBOS.destroy(", "the file is no Python"),
    ],
)
def test_a_line_that_is_no_case(
    copy: Copy, name: str, old: str, new: str, message: str
) -> None:
    copy.change(name, old, new)
    found = [line for line in copy.problems().splitlines() if message in line]
    assert found
    assert all(line.startswith(f"{name}:") for line in found)


def test_a_rule_without_cases_says_why(copy: Copy) -> None:
    for path in (copy.root / CASES).parent.glob("cases*"):
        path.unlink()
    # Static checks name some of them.
    for path in copy.root.glob("snippets/*/check.yml"):
        path.unlink()
    assert f"{RETRIES}:1: the rule has no cases" in copy.problems()
    copy.change(RETRIES, "impact: high\n", "impact: high\nno_cases: no edges\n")
    assert copy.problems() == ""


def test_a_rule_with_cases_does_not_say_why_it_has_none(copy: Copy) -> None:
    copy.change(RETRIES, "impact: high\n", "impact: high\nno_cases: no edges\n")
    assert f"{RETRIES}:5: no_cases: in a rule with cases" in copy.problems()
    copy.change(RETRIES, "no_cases: no edges", 'no_cases: ""')
    assert f"{RETRIES}:5: no_cases is ''. Say why" in copy.problems()


def test_a_why_that_tells_more_than_the_mechanism(copy: Copy) -> None:
    """Its words count without headings and code, those of another section do not."""
    text = (copy.root / RETRIES).read_text("utf-8")
    why = text.split("## Why\n")[1].split("## When not to")[0]
    number = text.splitlines().index("## Why") + 1
    added = 130 - len(why.split())
    copy.change(
        RETRIES, "\n## When not to\n", f"\n{'word ' * added}\n\n## When not to\n"
    )
    # The page as a whole has a limit too.
    after = text.split("## When not to\n")[1].split("## References")[0]
    copy.change(RETRIES, after, "\nOne word.\n\n")
    assert copy.problems() == ""
    copy.change(RETRIES, "\n## When not to\n", "\n### More\n\nword\n\n## When not to\n")
    assert copy.problems().startswith(f"{RETRIES}:{number}: Why has 131 words.")


# What is left behind


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "import threading\n"
            "    threading.Thread(target=threading.Event().wait, name='stray').start()",
            "thread stray",
        ),
        (
            "import subprocess\n    subprocess.Popen(['sleep', '60'])",
            "process sleep 60",
        ),
        (
            "import subprocess\n"
            "    subprocess.Popen(['sleep', '61'], start_new_session=True)",
            "process sleep 61",
        ),
        ("open('../stray.txt', 'w').close()", "stray.txt"),
        ("os.mkdir('../stray')", "stray"),
    ],
)
def test_something_is_left_behind(copy: Copy, code: str, message: str) -> None:
    copy.change(TWIN, "    DBOS.destroy()", f"    DBOS.destroy()\n    {code}")
    rejection = copy.rejection(TWIN)
    assert "leaves behind" in rejection
    assert message in rejection


def test_a_workflow_that_is_left_running(copy: Copy) -> None:
    copy.change(
        TWIN,
        "# --8<-- [end:rule]",
        "import threading\nimport time\n\nbegun = threading.Event()\n\n\n"
        "@DBOS.workflow()\ndef wait() -> None:\n    begun.set()\n"
        "    time.sleep(20)\n\n\n# --8<-- [end:rule]",
    )
    # A workflow that has not begun when dbos shuts down never does.
    copy.change(
        TWIN,
        "    print(result)",
        "    DBOS.start_workflow(wait)\n    begun.wait()\n    print(result)",
    )
    assert "thread dbos-executor" in copy.rejection(TWIN)


def test_a_snippet_that_never_ends(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "TIME_LIMIT", 4.0)
    copy.change(TWIN, "    DBOS.destroy()", "    while True:\n        pass")
    rejection = copy.rejection(TWIN)
    assert "never ends" in rejection
    assert "most recent call first" in rejection
    copy.runner.outcome(copy.snippet("snippets/lifecycle-config/correct.py"), "sqlite")


def test_ending_a_job_ends_the_second_run_of_its_crash_file(copy: Copy) -> None:
    name = "snippets/step-basics/correct.py"
    copy.change(
        name, '    print("charges', '    while True:\n        pass\n    print("charges'
    )
    run = (copy.snippet(name), "sqlite")
    copy.runner.start(run)
    execution = copy.runner.started.pop(run)
    try:
        while not execution.done() and len(execution.forks) == 1:
            time.sleep(0.01)
    finally:
        execution.kill()
        copy.runner.remove(execution.job)
    _, second = execution.forks
    assert second.code == -signal.SIGKILL


def test_a_fork_that_is_ended_before_it_runs(tmp_path: Path) -> None:
    """Its group is there from the first moment, or this would wait for a minute."""
    fork = Fork(lambda: time.sleep(60), tmp_path)
    assert fork.kill()
    assert fork.code == -signal.SIGKILL


def test_a_fork_keeps_no_pipe_of_this_process_open(tmp_path: Path) -> None:
    read, write = os.pipe()
    fork = Fork(lambda: time.sleep(60), tmp_path)
    os.close(write)
    try:
        ready, _, _ = select.select([read], [], [], 20)
        assert ready
        assert os.read(read, 1) == b""
        assert not fork.done()
    finally:
        fork.kill()
        os.close(read)


# Wrong input


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (RETRIES, "since:", "until: now\nsince:", ":6: unknown key until"),
        (RETRIES, "impact: high\n", "", ":1: front matter has no impact"),
        (RETRIES, "impact: high", "impact: urgent", ":4: impact is 'urgent'"),
        (RETRIES, "tags: [retries,", "tags: [tries,", ":5: tags has 'tries'"),
        (RETRIES, "tags: [retries, errors]", "tags: retries", ":5: tags is 'retries'"),
        (RETRIES, 'since: "3.0"', "since: now", ":6: since is 'now'"),
        (RETRIES, "title: Switch", "title: [Switch", "front matter is not YAML"),
        (RETRIES, "---\ntitle", "title", ":1: no front matter"),
        (RETRIES, "## Why", "## Because", "unknown heading 'Because'"),
        (RETRIES, "## When not to", "### When not to", "'When not to' is missing"),
        (RETRIES, "## Incorrect", "## References", "out of order or repeated"),
        (RETRIES, "# Switch step", "# Turn step", "the H1 ['Turn step retries on"),
        (
            RETRIES,
            "description: Set",
            f"description: {'x' * 99} Set",
            ":3: description",
        ),
        (RETRIES, "## Why", "```python\nprint(1)\n```\n\n## Why", "Python is typed"),
        (
            RETRIES,
            "## Why",
            "~~~~ {.python}\nprint(1)\n~~~~\n\n## Why",
            "Python is typed",
        ),
        (RETRIES, "## Why", "```\nprint(1)\n```\n\n## Why", "Python is typed"),
        (RETRIES, "## Why", "    print(1)\n\n## Why", "an indented code block"),
        (RETRIES, "## Why", "<pre>print(1)</pre>\n\n## Why", "code written as HTML"),
        (RETRIES, "retries/correct.py:rule", "retries/corect.py:rule", "is no snippet"),
        (RETRIES, "retries/correct.py:rule", "retries/correct.py:all", "has no region"),
        (RETRIES, "DBOS repeats", "DBOS simply repeats", "the text says 'simply'"),
        (TWIN, "# expect: ok", "# expect: fine", ":1: no valid # expect:"),
        (TWIN, "# expect: ok", "# expect: raises", "not understood"),
        (TWIN, "# expect: ok", "# expect: ok\n# needs: oracle - x", "not understood"),
        (TWIN, "# --8<-- [start:rule]\n", "", "region 'rule' has the markers ['end']"),
        (TWIN, "# --8<-- [end:rule]\n", "", "region 'rule' has the markers"),
        (TWIN, "    attempts.append(1)", "    attempts.append(1)  # noqa", "a waiver"),
        (TWIN, "[start:rule]", "[start:more]", "region 'more'"),
        (
            TWIN,
            "\nif __name__",
            "\n# --8<-- [start:main]\nX = 1\n# --8<-- [end:main]\nif __name__",
            "no page uses region 'main'",
        ),
    ],
)
def test_a_wrong_input(copy: Copy, name: str, old: str, new: str, message: str) -> None:
    copy.change(name, old, new)
    problems = copy.problems()
    assert f"{name}:" in problems
    assert message in problems


def test_a_related_rule_that_does_not_exist(copy: Copy) -> None:
    path = copy.root / RETRIES
    text = path.read_text("utf-8").replace("related: [", "related: [step-retry, ")
    path.write_text(text, "utf-8")
    assert f"{RETRIES}:" in copy.problems()
    assert "related rule 'step-retry' does not exist" in copy.problems()


def _remove_snippets(root: Path) -> None:
    for path in (root / "snippets/step-retries").iterdir():
        path.unlink()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_remove_snippets, f"{RETRIES}:1: the rule has no snippets"),
        (
            lambda root: (root / RETRIES).rename(root / "docs/rules/step-Retries.md"),
            "docs/rules/step-Retries.md:1: 'step-Retries' is no rule id",
        ),
        (
            lambda root: (root / RETRIES).rename(root / "docs/rules/step-again.md"),
            "snippets/step-retries:1: snippets without a page",
        ),
        (
            lambda root: (root / "snippets/step-retries/notes.txt").touch(),
            "snippets/step-retries/notes.txt:1: belongs to no snippet",
        ),
        (
            lambda root: (root / TWIN).rename(root / "snippets/step-retries/good.py"),
            "snippets/step-retries/good.py:1: good.py is no snippet name",
        ),
        (
            lambda root: (root / "snippets/queue-basics/incorrect.out").unlink(),
            "snippets/queue-basics/incorrect.py:1: incorrect.out is missing",
        ),
    ],
)
def test_a_file_in_the_wrong_place(
    copy: Copy, change: Callable[[Path], object], message: str
) -> None:
    change(copy.root)
    assert message in copy.problems()


def test_an_incomplete_page_in_the_browser(tmp_path: Path) -> None:
    """All that is missing is said in short, no site is built and no browser opened."""
    project = copy_of_the_suite(tmp_path / "project")
    module = project / "tests/browser/test_page.py"
    module.write_text("def test_page(page, address):\n    pass\n", "utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", module],
        cwd=project,
        env=os.environ | {"CI": "1", "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "The rules are not complete.\n" in result.stdout, result.stdout
    assert "1 error in " in result.stdout
    assert "conftest.py" not in result.stdout


def test_updating_mends_the_file(
    copy: Copy, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pytestconfig.option, "update_examples", True)
    good = copy.snippet(TWIN)
    copy.change(TWIN, "#> quote 42", "#> quote 43")
    copy.runner.outcome(copy.snippet(TWIN), "sqlite", update=True)
    assert (copy.root / TWIN).read_text("utf-8") == good.source
    assert (ROOT / TWIN).read_text("utf-8") == good.source

"""Runs a snippet file the way its first lines declare, and says what it did.

Every run happens in a process of its own, forked from the test process after `dbos` is
imported: a snippet can hang, kill itself or leave threads behind without touching the
suite, and the import is paid once. Each run gets an empty folder and a fresh database.
"""

import ast
import ctypes
import dataclasses
import difflib
import faulthandler
import gc
import inspect
import itertools
import logging
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import psutil
import pytest
from dbos import DBOS, DBOSClient, DBOSConfig, Queue, _client, _core, _dbos
from dbos._sys_db import SystemDatabase
from pytest_examples import CodeExample, EvalExample
from sweeper import Sweeper

from book.model import Snippet

#: Seconds after which a snippet counts as one that never ends.
TIME_LIMIT = 60.0
#: The same for one that starts other interpreters, up to six in a row: each imports
#: dbos, which takes 1.5 s on an idle machine. pytest gives a test up after 180 s.
LONG_TIME_LIMIT = 150.0
#: Seconds in which something that starts has to be there.
START_LIMIT = 120.0
#: Seconds that dbos waits between two looks for new queues.
QUEUE_SEARCH = 1.0
#: Seconds that threads get to end after DBOS.destroy().
THREAD_GRACE = 2.0
#: Seconds between two polls wherever dbos lets a caller choose. Half of it makes no
#: snippet quicker and costs a tenth more processor time.
POLL = 0.1

#: Public configuration that makes waiting short. It changes when dbos looks, not what
#: it finds. The listener's interval is what makes destroy() last up to a second.
FAST_CONFIG: DBOSConfig = {
    "notification_listener_polling_interval_sec": POLL,
    "scheduler_polling_interval_sec": POLL,
}
#: Audit events about a file that may be made, and the argument that is its path.
PATH_MADE = {
    "open": 0,
    "os.link": 1,
    "os.mkdir": 0,
    "os.rename": 1,
    "os.symlink": 1,
    "sqlite3.connect": 0,
}
NOISE = (
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "<uuid>"),
    (re.compile(r"\b0x[0-9a-f]{6,16}\b"), "0x..."),
    # Python 3.13 adds it to the message.
    (re.compile(r"\. Did you mean '\w+'\?"), ""),
)


#: What Linux calls PR_SET_PDEATHSIG: the signal for a process whose parent ends.
END_WITH_PARENT = 1


class SnippetError(AssertionError):
    """A snippet does not do what it declares; the text names the file."""


class DifferenceError(SnippetError):
    """A snippet ran to its end and showed something else than it declares.

    Only this can prove that a database shows something else: a snippet that hangs, dies
    or leaves something behind has shown nothing.
    """


@dataclasses.dataclass(frozen=True)
class Job:
    """One snippet on one database, in folders of its own.

    `folder` is the empty folder the program runs in, `scratch` holds what the harness
    writes about it, `url` is its database, if it gets one.
    """

    snippet: Snippet
    database: str
    folder: Path
    scratch: Path
    url: str
    update: bool = False


@dataclasses.dataclass
class Outcome:
    """What one run did, as the forked process reports it.

    `difference` says where it showed something else than it declares, `error` why it
    has shown nothing that could be compared.
    """

    printed: list[str] = dataclasses.field(default_factory=list)
    updated_source: str | None = None
    transcript: str | None = None
    exception: str = ""
    difference: str = ""
    error: str = ""
    left_behind: list[str] = dataclasses.field(default_factory=list)
    calls: dict[str, int] = dataclasses.field(default_factory=dict)
    seconds: float = 0.0


@dataclasses.dataclass(frozen=True)
class Event:
    """Something that happened inside a workflow of the snippet.

    `what` is `runs`, or `is read from the record` where dbos returned the recorded
    result of a step instead of executing it. `step` is the step's number, or 0.
    """

    function: str
    what: str
    workflow_id: str
    step: int


class Fork:
    """A function running in a forked process of its own process group.

    Args:
        function: Called in the child; its result has to be picklable.
        scratch: Folder for the result and for what the child writes to its streams.
    """

    #: Ends the groups of forks when this process ends before it has done so itself.
    sweeper: Sweeper | None = None

    def __init__(self, function: Callable[[], Any], scratch: Path) -> None:
        self.scratch = scratch
        self.started = time.monotonic()
        self.ended: float | None = None
        self.status: int | None = None
        parent = os.getpid()
        with warnings.catch_warnings():
            # Python 3.12 warns where the parent has threads. The child only ever uses
            # the one that forked.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                os.setpgid(0, 0)
                _end_with(parent)
                _redirect(scratch)
                result = function()
                (scratch / "result").write_bytes(pickle.dumps(result))
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        # Whichever process is first: `kill` has to find the group. There is no process
        # any more where the child has been quicker than that.
        with suppress(ProcessLookupError, PermissionError):
            os.setpgid(self.pid, self.pid)
        if self.sweeper:
            self.sweeper.group_began(self.pid)

    @property
    def code(self) -> int:
        """How the ended process ended: its exit status, or a negative signal."""
        return os.waitstatus_to_exitcode(self.status or 0)

    def done(self) -> bool:
        """Whether the process has ended; does not wait."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status, self.ended = status, time.monotonic()
        return self.status is not None

    def kill(self) -> bool:
        """Ends what is left of the process group; True when there was something."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
            found = True
        except (ProcessLookupError, PermissionError):
            found = False
        if self.status is None:
            self.status = os.waitpid(self.pid, 0)[1]
            self.ended = time.monotonic()
        if self.sweeper:
            self.sweeper.group_ended(self.pid)
        return found

    def place(self) -> str:
        """The innermost calls of a process that hangs, as it writes them to stderr."""
        path = self.scratch / "stderr"
        before = path.stat().st_size
        os.kill(self.pid, signal.SIGUSR1)
        time.sleep(0.2)
        return path.read_text("utf-8", "replace")[before:][:1000]

    def result(self) -> Any:
        """What the function returned.

        Raises:
            SnippetError: The process died first; the text ends with its stderr.
        """
        path = self.scratch / "result"
        if not path.exists():
            raise SnippetError(f"the process died with {self.code}.\n{self.stderr()}")
        return pickle.loads(path.read_bytes())

    def stdout(self) -> str:
        """All that the process wrote to standard output."""
        return (self.scratch / "stdout").read_text("utf-8", "replace")

    def stderr(self) -> str:
        """The end of what the process wrote to standard error."""
        return (self.scratch / "stderr").read_text("utf-8", "replace")[-4000:]


def _end_with(parent: int) -> None:
    """Has the system end this process when its parent ends, where it can (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _redirect(scratch: Path) -> None:
    """Sends the process's standard streams to files in `scratch`, the rest nowhere.

    Who reads a pipe of the parent waits for the end of all processes that can write to
    it, this one too. Descriptors are not closed: objects that still mean the parent's
    would some day close a file that has got the number since.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in [int(name) for name in os.listdir("/dev/fd")]:
        # The descriptor of the listing itself is gone.
        if number > 2 and number != nowhere:
            with suppress(OSError):
                os.fstat(number)
                os.dup2(nowhere, number, inheritable=False)
    for number, name in ((1, "stdout"), (2, "stderr")):
        target = os.open(scratch / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(target, number)
        os.close(target)
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", closefd=False)
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", closefd=False)
    # pytest's would write to a descriptor of the parent.
    faulthandler.enable(file=sys.stderr)


def warm_up(url: str) -> None:
    """Does once, before anything is forked, what every snippet would do first.

    Compiled SQL and lazily imported modules are then inherited by the forked processes.

    Args:
        url: SQLAlchemy address of a migrated database that no snippet gets.
    """
    level = logging.getLogger("dbos").level
    with _fast_dbos() as waits:

        @DBOS.step()
        def step() -> int:
            return 1

        @DBOS.workflow()
        def workflow() -> int:
            return step()

        DBOS(
            config={"name": "warm-up", "system_database_url": url, "log_level": "ERROR"}
        )
        DBOS.launch()
        workflow()
        _expect_hurry(waits)
        DBOS.destroy(workflow_completion_timeout_sec=1)
    logging.getLogger("dbos").setLevel(level)
    deadline = time.monotonic() + THREAD_GRACE
    while threading.active_count() > 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    # What exists now is never garbage; leaving it alone saves copying it in each fork.
    gc.collect()
    gc.freeze()


def _expect_hurry(waits: set[float | None]) -> None:
    """The search for queues was hurried: a new dbos may do it in another way."""
    deadline = time.monotonic() + START_LIMIT
    while QUEUE_SEARCH not in waits and time.monotonic() < deadline:
        time.sleep(0.01)
    assert QUEUE_SEARCH in waits, "dbos looks for new queues differently"


def starts_interpreters(snippet: Snippet) -> bool:
    """Whether the program starts other programs: itself, pytest or a server."""
    return "import subprocess\n" in snippet.source


class Execution:
    """A job under way: a fork or, for a crash file, two of them in a row.

    Args:
        job: What to run.
        eval_example: The pytest-examples runner, with the session's options.
    """

    def __init__(self, job: Job, eval_example: EvalExample) -> None:
        self.job = job
        self.started = time.monotonic()
        for folder in (job.folder, job.scratch):
            folder.mkdir(parents=True)
        if job.snippet.expect != "crash":
            self.forks = [Fork(lambda: _run(job, eval_example), job.scratch)]
            return
        # Both runs execute a copy of the file, in the job's folder.
        shutil.copyfile(job.snippet.path, job.folder / job.snippet.path.name)
        self.forks = [_start_program(job, "first")]

    def done(self) -> bool:
        """Whether all has ended; where the program has crashed, starts it again."""
        if not self.forks[-1].done():
            return False
        if len(self.forks) == 1 and self.has_crashed:
            self.forks[0].kill()
            self.forks.append(_start_program(self.job, "second"))
            return False
        return True

    @property
    def limit(self) -> float:
        """Seconds after which the job counts as one that never ends."""
        return LONG_TIME_LIMIT if starts_interpreters(self.job.snippet) else TIME_LIMIT

    @property
    def has_crashed(self) -> bool:
        """Whether the first run of a crash file has ended as it should."""
        is_crash = self.job.snippet.expect == "crash"
        return is_crash and self.forks[0].code == -signal.SIGKILL

    @property
    def seconds(self) -> float:
        """How long the forks took until somebody looked."""
        return sum((fork.ended or fork.started) - fork.started for fork in self.forks)

    def outcome(self) -> Outcome:
        """What the ended forks report.

        Raises:
            SnippetError: A fork has died.
        """
        if self.job.snippet.expect != "crash":
            outcome: Outcome = self.forks[0].result()
        elif not self.has_crashed:
            first = self.forks[0]
            outcome = Outcome(
                error=f"the first run ended with {first.code} instead of killing "
                f"itself by SIGKILL.\n{first.stderr()}"
            )
        else:
            outcome = _recovery(self.job, *self.forks)
            outcome.seconds = self.seconds
        return outcome

    def kill(self) -> bool:
        """Ends what is left of the last process group; True when there was any."""
        return self.forks[-1].kill()


def wait(
    process: Fork | Execution,
    limit: float,
    meanwhile: Callable[[], None] | None = None,
) -> bool:
    """Waits until the process ends.

    Args:
        process: What to wait for.
        limit: Seconds since its start after which to give up.
        meanwhile: Called again and again while waiting.

    Returns:
        False when the process was still running at the limit.
    """
    while not process.done():
        if time.monotonic() - process.started > limit:
            return False
        if meanwhile:
            meanwhile()
        # Each look costs processor time that the process could use.
        time.sleep(0.01)
    return True


def finish(execution: Execution) -> Outcome:
    """Judges an ended job.

    Args:
        execution: The job.

    Raises:
        DifferenceError: The snippet shows something else than it declares.
        SnippetError: It never ends, leaves something behind or cannot be run.
    """
    # The text says it all.
    __tracebackhide__ = True
    job = execution.job
    name = f"snippets/{job.snippet.rule}/{job.snippet.path.name}"
    try:
        if not execution.done():
            raise SnippetError(
                f"never ends: killed after {execution.limit:.0f} s. It was here:\n"
                + execution.forks[-1].place()
            )
        outcome = execution.outcome()
        if execution.kill():
            outcome.left_behind.append("a process of its process group")
        if outcome.left_behind:
            raise SnippetError("leaves behind: " + "; ".join(outcome.left_behind))
        if outcome.error:
            raise SnippetError(outcome.error)
        if outcome.difference:
            raise DifferenceError(outcome.difference)
        _judge(job, outcome)
    except SnippetError as error:
        raise type(error)(f"{name} on {job.database}: {error}") from None
    finally:
        execution.kill()
    return outcome


def _judge(job: Job, outcome: Outcome) -> None:
    """Compares what happened with what the snippet and its recording say."""
    snippet = job.snippet
    if outcome.updated_source is not None:
        snippet.path.write_text(outcome.updated_source, "utf-8")
    if snippet.is_recorded:
        assert outcome.transcript is not None
        recording = snippet.recording_on(job.database)
        recorded = recording.read_text("utf-8") if recording.exists() else ""
        if outcome.transcript != recorded:
            if not job.update:
                raise DifferenceError(
                    f"{recording.name} is stale; look at the difference, then "
                    "run pytest --update-examples.\n"
                    + _diff(recorded, outcome.transcript)
                )
            recording.write_text(outcome.transcript, "utf-8")
    for function in filter(None, snippet.directives.get("once", "").split(", ")):
        count = outcome.calls.get(function, 0)
        if count != 1:
            raise DifferenceError(
                f"declares `# once: {function}`, but {function} ran {count} times."
            )


def _diff(recorded: str, seen: str) -> str:
    return "\n".join(
        difflib.unified_diff(
            recorded.splitlines(), seen.splitlines(), "recorded", "seen", lineterm=""
        )
    )


def _start_program(job: Job, label: str) -> Fork:
    """Starts one of the two runs of a crash file."""
    scratch = job.scratch / label
    scratch.mkdir()
    events = scratch / "events"
    events.touch()
    return Fork(lambda: _run_program(job, events), scratch)


def _events(fork: Fork) -> list[Event]:
    """What happened in workflows of that run of a crash file."""
    lines = (fork.scratch / "events").read_text("utf-8").splitlines()
    fields = (line.split("\t") for line in lines)
    return [Event(*texts, step=int(number)) for *texts, number in fields]


def _recovery(job: Job, first: Fork, second: Fork) -> Outcome:
    """What both runs of a crash file printed, with notes on what ran in workflows."""
    outcome = Outcome()
    outcome.left_behind, last_line = second.result()
    if last_line and job.snippet.kind != "incorrect":
        outcome.difference = f"the second run raises {last_line}{second.stderr()}"
        return outcome
    before, after = _events(first), _events(second)
    runs = [event for event in before if event.what == "runs"]
    notes = [f"# {event.function} runs\n" for event in runs]
    done = {(event.function, event.workflow_id) for event in runs}
    notes_after = []
    for event in _in_stable_order(after):
        repeated = (event.function, event.workflow_id) in done
        again = " again" if event.what == "runs" and repeated else ""
        notes_after.append(f"# {event.function} {event.what}{again}\n")
    command = f"$ python {job.snippet.path.name}\n"
    outcome.transcript = _clean(
        job,
        "".join([command, *notes, first.stdout(), "Killed\n"])
        + "".join([command, *notes_after, second.stdout(), last_line]),
    )
    for event in before + after:
        if event.what == "runs":
            count = outcome.calls.get(event.function, 0)
            outcome.calls[event.function] = count + 1
    return outcome


def _in_stable_order(events: list[Event]) -> Iterator[Event]:
    """The events; steps that started side by side come in a fixed order.

    Between two functions that are no steps, what was read comes first, by its number.
    That changes nothing where one step follows the other.
    """
    beside: list[Event] = []
    for event in [*events, None]:
        if event and event.step:
            beside.append(event)
            continue
        yield from sorted(
            beside, key=lambda e: (e.what == "runs", e.step if e.what != "runs" else 0)
        )
        beside = []
        if event:
            yield event


# Everything below runs in the forked process.


def _prepare(job: Job) -> None:
    """Gives the process the folder, database and settings of a reader's Python."""
    # Only the thread that gets the signal: walking the frames of running threads, as
    # faulthandler does for all of them, can crash the process.
    faulthandler.register(signal.SIGUSR1, file=sys.stderr, all_threads=False)
    os.environ.pop("DBOS_SYSTEM_DATABASE_URL", None)
    if job.url:
        os.environ["DBOS_SYSTEM_DATABASE_URL"] = job.url
    os.chdir(job.folder)
    sys.argv = [job.snippet.path.name]
    sys.dont_write_bytecode = True
    # pytest turns warnings into errors; a reader's Python does not.
    warnings.resetwarnings()
    warnings.simplefilter("default")
    # pytest has handlers on the root, and the warm-up has given dbos' logger its own.
    for logger in (logging.getLogger(), logging.getLogger("dbos")):
        logger.handlers.clear()
        logger.propagate = True


def _run(job: Job, eval_example: EvalExample) -> Outcome:
    """Runs any but a crash file, and sees what it leaves behind."""
    _prepare(job)
    started = time.perf_counter()
    with _watched(job) as left_behind:
        outcome = _run_example(job, eval_example)
    outcome.left_behind = left_behind
    outcome.seconds = time.perf_counter() - started
    return outcome


def _run_example(job: Job, eval_example: EvalExample) -> Outcome:
    """Runs an ok, wrong or raises file once, through pytest-examples."""
    snippet = job.snippet
    reached: set[int] = set()

    def include(path: Path, frame: inspect.FrameInfo, args: Sequence[Any]) -> bool:
        if frame.filename != str(path):
            return False
        reached.add(frame.lineno)
        return True

    eval_example.tmp_path = job.scratch
    eval_example.include_print = include
    inspect.stack = _nearest_frames
    example = CodeExample.create(snippet.source, path=snippet.path, prefix="python")
    outcome = Outcome()
    try:
        with _fast_dbos():
            if snippet.is_recorded:
                eval_example.run(example, rewrite_assertions=False)
            elif job.update:
                eval_example.run_print_update(example, rewrite_assertions=False)
                if eval_example.to_update:
                    outcome.updated_source = example.source
            else:
                eval_example.run_print_check(example, rewrite_assertions=False)
    except pytest.fail.Exception as failure:
        outcome.difference = f"prints something else than its #> lines say.\n{failure}"
        return outcome
    except Exception as error:
        outcome.exception = type(error).__name__
        last_line = "".join(traceback.format_exception_only(error))
        if snippet.expect != "raises":
            text = f"line {_line(error)} raises {last_line.strip()}"
            # Line 0 is none of the snippet's: the harness has failed.
            if _line(error):
                outcome.difference = text
            else:
                outcome.error = text
            return outcome
    else:
        last_line = ""
    if snippet.is_recorded:
        sys.stdout.flush()
        printed = (job.scratch / "stdout").read_text("utf-8")
        outcome.transcript = _clean(
            job, f"$ python {snippet.path.name}\n{printed}{last_line}"
        )
        if outcome.exception != snippet.exception:
            seen = f"raises {outcome.exception}" if outcome.exception else "ends well"
            outcome.difference = f"declares raises {snippet.exception}, but {seen}."
        return outcome
    sys.stdout.flush()
    if stray := (job.scratch / "stdout").read_text("utf-8"):
        outcome.error = f"writes past print(), which no #> line can check: {stray!r}"
    elif not job.update and (missed := _unreached(snippet, reached)):
        outcome.difference = (
            f"line {missed} has a #> line below a print that never ran."
        )
    return outcome


def _nearest_frames(context: int = 1) -> list[inspect.FrameInfo]:
    """Like `inspect.stack`, but only the innermost calls, and without source lines.

    pytest-examples looks up who called print() with it. The whole stack reaches down
    into pytest, and describing all of it was an eighth of the snippets' time.
    """
    frames = itertools.islice(traceback.walk_stack(sys._getframe(1)), 8)
    return [
        inspect.FrameInfo(frame, frame.f_code.co_filename, line, "", None, None)
        for frame, line in frames
    ]


def _unreached(snippet: Snippet, reached: set[int]) -> int | None:
    """The first `#>` line whose print did not run.

    pytest-examples rewrites the lines of the prints that ran and leaves others as they
    are, so a `#>` below a print that never ran would pass.
    """
    allowed = 0
    for number, line in enumerate(snippet.lines, 1):
        if line.lstrip().startswith("#>"):
            if not allowed:
                return number
            continue
        # A print may span lines; a block of #> lines belongs to the print that ends
        # right above it.
        allowed = sum(1 for at in _statement_lines(snippet, number) if at in reached)
    return None


def _statement_lines(snippet: Snippet, last: int) -> Iterator[int]:
    """Line numbers, going up from `last`, of the statement that ends there."""
    for number in range(last, 0, -1):
        yield number
        if snippet.lines[number - 1].lstrip().startswith("print("):
            return


def _run_program(job: Job, events: Path) -> tuple[list[str], str]:
    """Runs the copied file of a crash file as `__main__`.

    Returns:
        What it left behind, and the last line of its traceback, or an empty string.
    """
    _prepare(job)
    last_line = ""
    with _watched(job) as left_behind, _fast_dbos():
        try:
            _execute(job.snippet, job.folder / job.snippet.path.name, events)
        except Exception as error:
            traceback.print_exc()
            last_line = "".join(traceback.format_exception_only(error))
    return left_behind, last_line


def _noting(source: str) -> ast.Module:
    """The program, whose functions call `__note__` where they begin.

    Line numbers stay, and the source that dbos hashes is read from the file. A profile
    function would see the same, but slows every call of every library down.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if node.name.startswith("__"):
            continue
        first = min(part.lineno for part in [node, *node.decorator_list])
        (note,) = ast.parse(f"__note__({node.name!r}, {first})").body
        for part in ast.walk(note):
            ast.copy_location(part, node.body[0])
        node.body.insert(ast.get_docstring(node) is not None, note)
    return tree


def _execute(snippet: Snippet, path: Path, log: Path) -> None:
    """Runs the program as `__main__`; notes its functions and results reused.

    The functions are the bodies of workflows and steps, and what the page shows: other
    helpers are left out. Results reused are seen where dbos looks a step up in its
    record, which is one internal method. Each event is written at once, because the
    process may be about to kill itself.
    """
    shown = {
        number
        for number, line in enumerate(snippet.lines, 1)
        if line.lstrip().startswith("@DBOS.")
        or any(first <= number <= last for first, last in snippet.regions.values())
    }
    bodies: dict[tuple[str, int], int] = {}
    target = os.open(log, os.O_WRONLY | os.O_APPEND)

    def note(function: str, what: str, workflow_id: str, step: int) -> None:
        os.write(target, f"{function}\t{what}\t{workflow_id}\t{step}\n".encode())

    def note_start(function: str, line: int) -> None:
        workflow_id, step_id = DBOS.workflow_id, DBOS.step_id
        if workflow_id is None:
            return
        is_body = (
            step_id is not None
            and bodies.setdefault((workflow_id, step_id), line) == line
        )
        if is_body or line in shown:
            note(function, "runs", workflow_id, step_id or 0)

    reused: set[tuple[str, int]] = set()
    look_up = SystemDatabase._check_operation_execution_txn

    def noted_look_up(
        self: SystemDatabase,
        workflow_id: str,
        function_id: int,
        function_name: str,
        conn: Any,
    ) -> Any:
        result = look_up(self, workflow_id, function_id, function_name, conn)
        if result is not None and (workflow_id, function_id) not in reused:
            # Some calls look twice.
            reused.add((workflow_id, function_id))
            what = "is read from the record"
            note(_plain(function_name), what, workflow_id, function_id)
        return result

    SystemDatabase._check_operation_execution_txn = noted_look_up
    program = ModuleType("__main__")
    program.__dict__.update(__file__=path.name, __note__=note_start)
    sys.modules["__main__"] = program
    tree = _noting(path.read_text("utf-8"))
    exec(compile(tree, path.name, "exec"), program.__dict__)


def _plain(name: str) -> str:
    """The name as the snippet writes it: without the class or function around it."""
    return name if name.startswith("DBOS.") else name.rpartition(".")[2]


def _often_looking(
    queue_thread: Callable[..., None], waits: set[float | None]
) -> Callable[..., None]:
    """The thread in which dbos looks for new queues once a second, made to hurry.

    Args:
        queue_thread: What dbos runs in the thread.
        waits: Gets each number of seconds that the thread, unhurried, would wait.
    """

    def run(stop_event: threading.Event, dbos: DBOS) -> None:
        wait = stop_event.wait

        def wait_less(timeout: float | None = None) -> bool:
            waits.add(timeout)
            # The threads of single queues share the event. Their intervals vary at
            # random, so that none of them is exactly a second.
            return wait(POLL if timeout == QUEUE_SEARCH else timeout)

        stop_event.wait = wait_less
        queue_thread(stop_event, dbos)

    return run


@contextmanager
def _fast_dbos() -> Iterator[set[float | None]]:
    """Makes dbos poll often in this process, and shuts it down at the end.

    Configuration keys, the defaults of the polling intervals of queues (dbos' own one
    for recovered workflows too) and of waiting for a result, and the search for queues.
    What is no public interface has to be there, or all would silently be slow.

    Yields:
        How long the search for queues would have waited, as soon as it has.
    """
    original = DBOS.__init__
    queue_thread = _dbos.queue_thread

    def init(self: DBOS, *, config: DBOSConfig, **options: Any) -> None:
        original(self, config={**FAST_CONFIG, **config}, **options)

    DBOS.__init__ = init
    waits: set[float | None] = set()
    _dbos.queue_thread = _often_looking(queue_thread, waits)
    assert _core.DEFAULT_POLLING_INTERVAL in (1.0, POLL)
    _core.DEFAULT_POLLING_INTERVAL = POLL
    for function in (
        _core.WorkflowHandlePolling.get_result,
        _core.WorkflowHandleAsyncPolling.get_result,
        _client.WorkflowHandleClientPolling.get_result,
        _client.WorkflowHandleClientAsyncPolling.get_result,
        DBOSClient.register_queue,
        DBOS.register_queue.__func__,
        Queue.__init__,
    ):
        assert function.__kwdefaults__ is not None, function
        assert "polling_interval_sec" in function.__kwdefaults__, function
        function.__kwdefaults__["polling_interval_sec"] = POLL
    try:
        yield waits
    finally:
        DBOS.destroy(destroy_registry=True)
        DBOS.__init__ = original
        _dbos.queue_thread = queue_thread


@contextmanager
def _watched(job: Job) -> Iterator[list[str]]:
    """Collects what the code inside leaves behind when it ends.

    Threads and child processes that are still there, and files written outside the
    job's folder that still exist.
    """
    left_behind: list[str] = []
    written: set[str] = set()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        # Called for much more than files, and often.
        position = PATH_MADE.get(event)
        if position is None:
            return
        if event == "open":
            flags = args[2]
            if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR):
                return
        path = args[position]
        if isinstance(path, (str, os.PathLike)) and str(path) != ":memory:":
            written.add(os.path.abspath(os.fspath(path)))

    sys.addaudithook(hook)
    before = set(threading.enumerate())
    yield left_behind
    deadline = time.monotonic() + THREAD_GRACE
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left_behind.append(f"thread {thread.name}")
    for process in psutil.Process().children(recursive=True):
        left_behind.append(f"process {_command_line(process)}")
        process.kill()
    own = [f"{job.folder}/", f"{job.scratch}/", "/dev/", "/proc/"]
    if job.url:
        own.append(job.url.removeprefix("sqlite:///"))
    left_behind += [
        f"file {path}"
        for path in sorted(written)
        if not f"{path}/".startswith(tuple(own)) and os.path.exists(path)
    ]


def _command_line(process: psutil.Process) -> str:
    """What the process runs, which is not known while its program is loaded."""
    deadline = time.monotonic() + THREAD_GRACE
    while not (words := process.cmdline()) and time.monotonic() < deadline:
        time.sleep(0.001)
    return " ".join(words)


def _line(error: BaseException) -> int:
    """The line of the snippet that an error came through last.

    pytest-examples leaves only the snippet's own frames in the traceback. They cannot
    be formatted on Python 3.11, because their code object has a wrong line table.
    """
    if isinstance(error, SyntaxError):
        # Nothing of the snippet was executed.
        return error.lineno or 0
    line = 0
    frame = error.__traceback__
    while frame is not None:
        line, frame = frame.tb_lineno, frame.tb_next
    return line


def _clean(job: Job, text: str) -> str:
    """Replaces what differs from run to run: folders, ids, addresses."""
    for folder in (job.folder, job.scratch):
        text = text.replace(f"{folder}/", "")
    for pattern, replacement in NOISE:
        text = pattern.sub(replacement, text)
    return text


def run_as_reader(snippet: Snippet, folder: Path) -> list[subprocess.CompletedProcess]:
    """Runs the file as a reader does: `python <file>`, default settings, SQLite.

    Args:
        snippet: Any snippet that SQLite can run.
        folder: An empty folder.

    Returns:
        The finished process, or both of them for a crash file.
    """
    shutil.copyfile(snippet.path, folder / snippet.path.name)
    environment = dict(os.environ)
    environment.pop("DBOS_SYSTEM_DATABASE_URL", None)
    return [
        subprocess.run(
            [sys.executable, snippet.path.name],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        for _ in range(2 if snippet.expect == "crash" else 1)
    ]

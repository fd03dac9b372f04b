"""However pytest ends, no process, database server or temporary folder is left.

Each test starts a pytest of its own on a small copy of the suite. Its only test is busy
with all that tests start: a browser, a snippet that never ends, on PostgreSQL too where
nothing is torn down, and other programs. Then it is ended.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from support import ROOT

#: Seconds for pytest to become busy, on a machine that is busy with other things too.
BUSY_LIMIT = 120.0
#: Seconds in which nothing may be left, and more where others want the processors.
LIMIT = 10.0 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
#: The variable by which a test knows its processes.
MARK = "ENDING"
#: What the copy needs besides its own test.
COPIED = ("pyproject.toml", "tests/*.py", "tests/browser/*.py")

#: Kills itself; run again, it never ends, and neither do an own fork and a program.
SNIPPET = '''"""Never ends."""
# expect: crash

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

if not Path("crashed").exists():
    Path("crashed").touch()
    os.kill(os.getpid(), signal.SIGKILL)
if os.fork():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (Path(os.environ["ENDING"]) / f"busy-{os.getpid()}").touch()
time.sleep(600)
'''

BUSY = '''"""Busy with all that tests start, then ends in the way it is told to."""

import faulthandler
import os
import subprocess
import sys
import time
from pathlib import Path

from book import read
from support import ROOT

FOLDER = Path(os.environ["ENDING"])


def test_busy(chromium, runner):
    chromium.new_page().goto("about:blank")
    program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    snippet = read.read(ROOT, "step-basics").rules[0].snippets[0]
    for database in runner.databases:
        runner.start((snippet, database))
    while len(list(FOLDER.glob("busy-*"))) < len(runner.databases):
        runner.start_ahead()
        time.sleep(0.05)
    (FOLDER / "busy").touch()
    if "fails" in os.environ["HOW"]:
        program.returncode = 0  # Says nothing when it goes.
        raise AssertionError
    if "fault" in os.environ["HOW"]:
        # What pytest does for each test, which is allowed more time.
        faulthandler.dump_traceback_later(0.1, exit=True)
    time.sleep(600)
'''


class Run:
    """A pytest that is busy.

    Args:
        folder: An empty folder with a short name, for sockets.
        how: What the test is told.
        options: pytest's.
    """

    def __init__(self, folder: Path, how: str, *options: str) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        project = copy_of_the_suite(folder / "project")
        own = {MARK: str(folder), "HOW": how, "TMPDIR": str(self.temporary)}
        with (folder / "output").open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pytest", "tests/browser", *options],
                cwd=project,
                env=os.environ | own,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                # A shell starts what goes on in the background deaf to Ctrl-C.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )
        deadline = time.monotonic() + BUSY_LIMIT
        while not (folder / "busy").exists():
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.02)

    @property
    def output(self) -> str:
        """All that it has written."""
        return (self.folder / "output").read_text("utf-8")

    def processes(self) -> Iterator[psutil.Process]:
        """What it has started and still runs, itself included."""
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get(MARK) == str(self.folder):
                    yield process

    def left(self) -> list[str]:
        """Processes and folders that are still there."""
        found = []
        for process in self.processes():
            with suppress(psutil.Error):
                if process.status() != psutil.STATUS_ZOMBIE:
                    found.append(" ".join(process.cmdline())[:200])
        return found + [str(path) for path in self.temporary.iterdir()]

    def expect_nothing_left(self) -> None:
        """Waits for the end of pytest and of all else."""
        deadline = time.monotonic() + LIMIT
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(LIMIT)
        while (left := self.left()) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert left == [], self.output

    def kill(self) -> None:
        """Ends what a failed test has left."""
        for process in self.processes():
            with suppress(psutil.Error):
                process.kill()
        self.process.wait()


def copy_of_the_suite(project: Path) -> Path:
    """A project with one test and one snippet, and the suite's own fixtures."""
    (project / "tests/browser").mkdir(parents=True)
    for pattern in COPIED:
        for path in ROOT.glob(pattern):
            if not path.name.startswith("test_"):
                shutil.copyfile(path, project / path.relative_to(ROOT))
    (project / "docs").symlink_to(ROOT / "docs")
    (project / "snippets/step-basics").mkdir(parents=True)
    (project / "snippets/step-basics/correct.py").write_text(SNIPPET, "utf-8")
    (project / "tests/browser/test_busy.py").write_text(BUSY, "utf-8")
    return project


@pytest.fixture
def start() -> Iterator[Callable[..., Run]]:
    """Starts runs, of which nothing is left after the test in any case."""
    folder = Path(tempfile.mkdtemp(prefix="e"))
    runs: list[Run] = []

    def make(how: str, *options: str) -> Run:
        runs.append(Run(folder, how, *options))
        return runs[-1]

    yield make
    for run in runs:
        run.kill()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_failure_with_x(start: Callable[..., Run]) -> None:
    run = start("fails", "-x", "-n0", "--database=sqlite")
    run.expect_nothing_left()
    assert run.process.returncode == pytest.ExitCode.TESTS_FAILED, run.output
    assert "1 failed" in run.output


def test_ctrl_c(start: Callable[..., Run]) -> None:
    run = start("waits", "-n0", "--database=sqlite")
    # As a terminal does: to all processes of its group.
    os.killpg(run.process.pid, signal.SIGINT)
    run.expect_nothing_left()
    assert run.process.returncode == pytest.ExitCode.INTERRUPTED, run.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal(start: Callable[..., Run], number: signal.Signals) -> None:
    run = start("waits", "-n0")
    run.process.send_signal(number)
    run.expect_nothing_left()
    assert run.process.returncode == -number, run.output


def test_a_signal_to_the_process_that_shares_the_tests_out(
    start: Callable[..., Run],
) -> None:
    run = start("waits", "-n1", "--database=sqlite")
    run.process.kill()
    run.expect_nothing_left()
    assert run.process.returncode == -signal.SIGKILL, run.output


def test_the_exit_of_the_fault_handler(start: Callable[..., Run]) -> None:
    run = start("fault", "-n0")
    run.expect_nothing_left()
    assert run.process.returncode == 1, run.output
    assert "1 failed" not in run.output

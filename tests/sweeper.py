"""Leaves nothing behind, however pytest ends.

A process that is killed cleans nothing up, and neither does one that the fault handler
ends. So a second process, the sweeper, waits at the other end of a pipe. The system
closes the pipe with pytest; the sweeper then ends what pytest started and removes the
folder in which pytest and all of these had their temporary files. The usual end is the
same, but pytest waits for it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

#: The variable that tells pytest's processes from others: it names their folder.
MARK = "DBOS_RULES_FOLDER"
#: Seconds after which PostgreSQL, asked to stop at once, is killed as well. It gives
#: its own processes five.
POSTGRES_LIMIT = 6.0
#: Seconds in which all processes have to be gone.
LIMIT = 9.0
#: Seconds for the folder: some disks take milliseconds for each file.
FOLDER_LIMIT = 300.0


class Sweeper:
    """This process' temporary folder, and the process that cleans up after it.

    From now on the folder holds all temporary files of this process and of those that
    it starts. Processes are known by a variable in their environment. A fork shows that
    of the process that it is a copy of, so that its group has to be told.

    A process that keeps the pipe open keeps the sweeper waiting: `harness.Fork` lets go
    of it, and what Python executes does not get it.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="rules-"))
        environment = {key: text for key, text in os.environ.items() if key != MARK}
        # A session of its own: Ctrl-C and the end of a terminal are not for it.
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment,
            start_new_session=True,
        )
        os.environ[MARK] = os.environ["TMPDIR"] = str(self.folder)
        tempfile.tempdir = str(self.folder)

    def group_began(self, group: int) -> None:
        """Has the process group ended together with this process."""
        self._tell(group)

    def group_ended(self, group: int) -> None:
        """Forgets the process group, whose number can come back as another's."""
        self._tell(-group)

    def _tell(self, number: int) -> None:
        # Only the process that made the pipe holds it; a sweeper that somebody killed
        # has no reader, which `close` reports.
        if self.process.stdin:
            with suppress(BrokenPipeError):
                os.write(self.process.stdin.fileno(), b"%d\n" % number)

    def close(self) -> None:
        """Waits until everything is gone, but not for a slow disk.

        Raises:
            RuntimeError: Something stays.
        """
        assert self.process.stdin
        self.process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            if self.process.wait(LIMIT):
                raise RuntimeError(f"{self.folder} or a process of it stays")


def sweep(folder: Path, groups: set[int]) -> bool:
    """Ends processes, then removes the folder.

    Args:
        folder: What the processes' variable names.
        groups: Process groups to end as well.

    Returns:
        Whether nothing is left.
    """
    started = time.monotonic()
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    # Again and again: one that was just starting another may be seen too late.
    while processes := list(marked(folder)):
        waited = time.monotonic() - started
        if waited > LIMIT:
            return False
        for process in processes:
            with suppress(psutil.Error):
                process.send_signal(end_of(process, waited))
        psutil.wait_procs(processes, timeout=0.5)
    while folder.exists():
        if time.monotonic() - started > FOLDER_LIMIT:
            return False
        # A folder in which something is still being written cannot be removed.
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.05)
    return True


def marked(folder: Path) -> Iterator[psutil.Process]:
    """The processes whose environment names the folder."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get(MARK) == str(folder):
                yield process


def end_of(process: psutil.Process, waited: float) -> signal.Signals:
    """The signal that ends the process.

    PostgreSQL's own way to stop at once also removes its shared memory.
    """
    patient = waited < POSTGRES_LIMIT and process.name() == "postgres"
    return signal.SIGQUIT if patient else signal.SIGKILL


def main(folder: Path) -> int:
    """Notes the groups that pytest tells of, and sweeps when it is gone.

    Args:
        folder: pytest's temporary folder.

    Returns:
        The exit status: 0 when nothing is left.
    """
    groups: set[int] = set()
    for line in sys.stdin:
        number = int(line)
        if number > 0:
            groups.add(number)
        else:
            groups.discard(-number)
    return 0 if sweep(folder, groups) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

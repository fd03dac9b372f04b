"""Runs programs as a reader does: `python <file>` in an empty folder, no harness.

Started by check_since.py with the Python of an environment that has some version of
dbos. It imports dbos once and runs each program in a fork of itself, which saves most
of the time. It reads an `Order` from standard input and writes what the programs did
to standard output. Needs nothing but the standard library, dbos and psycopg.
"""

import importlib
import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import psycopg
from psycopg import sql

#: What nearly every program imports, which takes longer than all else that it does.
IMPORTED = ("dbos", "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite")
#: The migrated database.
TEMPLATE = "template_dbos"


class Order(TypedDict):
    """What to run, and how."""

    #: Paths of programs, by a name for the folder and the database of each.
    programs: dict[str, str]
    #: Names of those that kill themselves and are started again.
    twice: list[str]
    #: Where the folders go.
    folder: str
    #: Address of a PostgreSQL database with {} for its name; empty for SQLite.
    address: str
    #: How many programs run at once.
    jobs: int
    #: Seconds after which a program counts as one that never ends.
    limit: float


class Ended(TypedDict):
    """How one process ended."""

    code: int
    stdout: str
    stderr: str


class Process(NamedTuple):
    """A program that runs."""

    name: str
    deadline: float


def main() -> None:
    """Runs what is ordered."""
    order: Order = json.load(sys.stdin)
    ended: dict[str, list[Ended]] = {name: [] for name in order["programs"]}
    waiting = list(order["programs"])
    running: dict[int, Process] = {}
    make_template(order)
    while waiting or running:
        while waiting and len(running) < order["jobs"]:
            name = waiting.pop(0)
            pid = start(order, name, again=bool(ended[name]))
            running[pid] = Process(name, time.monotonic() + order["limit"])
        for pid, process in list(running.items()):
            if time.monotonic() > process.deadline:
                kill(pid)
            done, status = os.waitpid(pid, os.WNOHANG)
            if not done:
                continue
            kill(pid)
            del running[pid]
            name = process.name
            ended[name].append(read(order, name, status))
            if name in order["twice"] and len(ended[name]) == 1:
                waiting.insert(0, name)
            else:
                clear(order, name)
        time.sleep(0.02)
    json.dump(ended, sys.stdout)


def make_template(order: Order) -> None:
    """Migrates the database that each program gets a copy of, if there is a server.

    The one program that runs dbos 2 as well could not do it: that asks for an extension
    of PostgreSQL which the embedded server does not have.
    """
    if not order["address"]:
        return
    database(order, "DROP DATABASE IF EXISTS {} WITH (FORCE)", TEMPLATE)
    database(order, "CREATE DATABASE {}", TEMPLATE)
    url = order["address"].format(TEMPLATE)
    # DBOS.migrate is younger than the command.
    command = [Path(sys.executable).with_name("dbos"), "migrate", "--sys-db-url", url]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(result.stderr)


def start(order: Order, name: str, *, again: bool) -> int:
    """Starts the program in a process of its own.

    The child comes back from here as the program it has become, and ends as such.
    """
    folder = Path(order["folder"], name)
    if not again:
        folder.mkdir(parents=True)
        shutil.copy(order["programs"][name], folder)
        database(order, f"CREATE DATABASE {{}} TEMPLATE {TEMPLATE}", name)
    if pid := os.fork():
        return pid
    os.setpgid(0, 0)
    for number, stream in ((1, "stdout"), (2, "stderr")):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(f"{folder}.{stream}", flags), number)
    # As on a terminal: what was printed before a kill is seen.
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", closefd=False)
    os.chdir(folder)
    os.environ.pop("DBOS_SYSTEM_DATABASE_URL", None)
    if order["address"]:
        os.environ["DBOS_SYSTEM_DATABASE_URL"] = order["address"].format(name)
    program = Path(order["programs"][name]).name
    sys.argv = [program]
    sys.path[0] = str(folder)
    runpy.run_path(str(folder / program), run_name="__main__")
    sys.exit()


def kill(pid: int) -> None:
    """Ends what is left of the program's process group."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def read(order: Order, name: str, status: int) -> Ended:
    """What an ended program wrote."""
    path = f"{order['folder']}/{name}"
    return {
        "code": os.waitstatus_to_exitcode(status),
        "stdout": Path(f"{path}.stdout").read_text("utf-8", "replace"),
        "stderr": Path(f"{path}.stderr").read_text("utf-8", "replace"),
    }


def clear(order: Order, name: str) -> None:
    """Removes the program's folder and database."""
    shutil.rmtree(Path(order["folder"], name), ignore_errors=True)
    database(order, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def database(order: Order, statement: Any, name: str) -> None:
    """Makes or drops the program's database on the server, if there is one.

    No connection is open while the process forks: a child's end would close it.
    """
    if order["address"]:
        server = order["address"].format("postgres")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


if __name__ == "__main__":
    for module in IMPORTED:
        importlib.import_module(module)
    main()

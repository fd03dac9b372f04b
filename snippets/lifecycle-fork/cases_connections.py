"""A launched server and the copy that `os.fork` makes of it share connections."""
# expect: ok
# databases: only PostgreSQL has connections to a server, which both processes use

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from dbos import DBOS, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
#: Calls of each process that have to go well, and seconds in which they have to.
CALLS, SECONDS = (1, 40) if URL.startswith("sqlite") else (5000, 10)
fork = multiprocessing.get_context("fork")
ready = fork.Event()
lost = threading.Event()


class Watcher(logging.Handler):
    """Notices when dbos loses a connection."""

    def emit(self, record: logging.LogRecord) -> None:
        if "server closed the connection" in record.getMessage():
            lost.set()


@DBOS.workflow()
def checkout() -> None:
    pass


def launch() -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "WARNING",
        "notification_listener_polling_interval_sec": 5,
    }
    DBOS(config=config)
    DBOS.launch()


def call(pipe: Connection) -> None:
    """Calls workflows, and says whether all went well."""
    ready.wait()
    try:
        for _ in range(CALLS):
            checkout()
    except Exception:
        pipe.send(False)
    else:
        pipe.send(True)


def start_copy(work: Callable[..., None], *arguments: Connection) -> int:
    # The system forgets a copy when it ends: nobody waits for it.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    copy = fork.Process(target=work, args=arguments)
    copy.start()
    assert copy.pid
    return copy.pid


def call_in_both(pipe: Connection) -> None:
    launch()
    checkout()
    pipe.send([start_copy(call, pipe)])
    ready.set()
    call(pipe)
    signal.pause()


def destroy_in_copies(pipe: Connection) -> None:
    launch()
    copies: list[int] = []
    while not lost.wait(timeout=0.3) and len(copies) < 10:
        copies.append(start_copy(DBOS.destroy))
    pipe.send(copies)
    pipe.send(not lost.is_set())
    signal.pause()


def goes_well(serve: Callable[[Connection], None], answers: int) -> bool:
    """Whether all answers come from the server and its copies, and are good."""
    ours, theirs = fork.Pipe()
    server = fork.Process(target=serve, args=(theirs,))
    server.start()
    copies: list[int] = ours.recv()
    well = all(ours.poll(SECONDS) and ours.recv() for _ in range(answers))
    for copy in copies:
        with suppress(ProcessLookupError):
            while True:  # Until it is gone.
                os.kill(copy, signal.SIGKILL)
                time.sleep(0.01)
    server.kill()
    server.join()
    return well


if __name__ == "__main__":
    logging.getLogger("dbos").addHandler(Watcher())
    both = goes_well(call_in_both, answers=2)
    print("server and copy call workflows, and all goes well:", both)
    kept = goes_well(destroy_in_copies, answers=1)
    print("the copy destroys, and the server keeps its connections:", kept)

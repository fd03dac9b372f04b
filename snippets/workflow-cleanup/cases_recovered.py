"""A called child is cancelled in its step, after a crash of both workflows."""
# expect: crash

import os
import signal
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

CRASHED = Path("crashed")
entered = threading.Event()
answered = threading.Event()
ended = threading.Event()
effects: list[str] = []


@DBOS.step()
def take_seat() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    entered.set()
    answered.wait()
    effects.append("taken")
    ended.set()


@DBOS.step()
def free_seat() -> None:
    effects.append("freed")


@DBOS.workflow()
def search() -> None:
    take_seat()


@DBOS.workflow()
def book() -> None:
    try:
        with SetWorkflowID("search-1"):
            search()
    except error.DBOSAwaitedWorkflowCancelledError:
        free_seat()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("trip-1"):
        handle = DBOS.start_workflow(book)
    entered.wait()
    # Only then does the parent wait for the child of the first run.
    while len(DBOS.list_workflows(status="PENDING")) < 2:
        time.sleep(0.01)
    DBOS.cancel_workflow("search-1")
    handle.get_result()
    answered.set()
    ended.wait()
    seen = ", ".join(effects)
    print("called, both recovered, then cancelled in its step:", seen)
    DBOS.destroy()

"""Runs of a version that no process runs any more, and ways out."""
# expect: crash

import os
import signal
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
VERSION = "2" if CRASHED.exists() else "1"
begun = threading.Semaphore(0)
executed: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    executed.append("charge")


@DBOS.step()
def ship(order: str) -> None:
    if not CRASHED.exists():
        begun.release()
        threading.Event().wait()
    executed.append("ship")


@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)
    ship(order)


def state(workflow_id: str) -> str:
    found = DBOS.retrieve_workflow(workflow_id).get_status()
    return f"{found.status}, version {found.app_version}"


def poll() -> None:
    """Waits until a worker has taken what it can from the internal queue."""
    DBOS.fork_workflow("control", 3).get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "application_version": VERSION,
    }
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        for order in ("order-1", "order-2"):
            with SetWorkflowID(order):
                DBOS.start_workflow(checkout, order)
            begun.acquire()
        CRASHED.touch()
        time.sleep(1.1)  # SQLite under Python 3.11 registers versions by the second.
        os.kill(os.getpid(), signal.SIGKILL)
    with SetWorkflowID("control"):
        checkout("control")
    executed.clear()
    DBOS.resume_workflow("order-1")
    poll()
    print("left by version 1, resumed under version 2:", state("order-1"))
    DBOS.cancel_workflow("order-1")
    handle = DBOS.rewind_workflow("order-1", start_step=2, application_version="2")
    handle.get_result()
    ended = f"{state('order-1')}, ran {', '.join(executed)}"
    print("left by version 1, cancelled, rewound with version 2:", ended)
    fork = DBOS.fork_workflow("order-2", 2)
    fork.get_result()
    print("a fork without a version, under version 2:", state(fork.workflow_id))
    DBOS.destroy()

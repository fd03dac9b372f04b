"""The timeout and the deadline are stored, so they hold after a recovery too."""
# expect: crash

import os
import signal
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout

CRASHED = Path("crashed")
begun = threading.Semaphore(0)
gate = threading.Event()


@DBOS.workflow()
def work() -> None:
    begun.release()
    gate.wait(timeout=2.5)


def start(workflow_id: str, timeout: float) -> None:
    with SetWorkflowID(workflow_id), SetWorkflowTimeout(timeout):
        DBOS.start_workflow(work)


def deadline(workflow_id: str) -> int | None:
    found = DBOS.get_workflow_status(workflow_id)
    return found.workflow_deadline_epoch_ms if found else None


def status(workflow_id: str) -> str:
    while True:
        found = DBOS.get_workflow_status(workflow_id)
        if found and found.status in ("SUCCESS", "ERROR", "CANCELLED"):
            return found.status
        time.sleep(0.01)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "jobs",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    start("zero", 0)
    start("minute", 60)
    if not CRASHED.exists():
        begun.acquire()
        begun.acquire()
        CRASHED.write_text(str(deadline("minute")))
        os.kill(os.getpid(), signal.SIGKILL)
    print("started with a timeout of 0, recovered:", status("zero"))
    print("started with a timeout of 60 s, recovered:", status("minute"))
    kept = CRASHED.read_text() == str(deadline("minute"))
    print("its deadline is that of the first run:", kept)
    DBOS.destroy()

"""The waiting report is cancelled and enqueued again, and waits again."""
# expect: wrong

import os
import signal
import subprocess
import sys
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Engine, event

FIRST = len(sys.argv) > 1
polls: list[str] = []


@DBOS.workflow()
def build(month: str) -> str:
    if FIRST:
        os.kill(os.getpid(), signal.SIGKILL)
    return f"report for {month}"


# --8<-- [start:rule]
def rescue(report: str) -> str:
    DBOS.cancel_workflow(report)
    again = DBOS.enqueue_workflow("reports", build, "May")
    return again.workflow_id


# --8<-- [end:rule]


def enqueue(month: str) -> str:
    with SetWorkflowID(f"report-{month}"):
        return DBOS.enqueue_workflow("reports", build, month).workflow_id


def count(statement: str) -> None:
    """Each poll of the worker begins with the row of its queue."""
    if threading.current_thread().name == "queue-worker-reports":
        polls.extend(["poll"] * ("queues" in statement))


def state(workflow_id: str) -> str:
    """Where it is once it has ended, or once its queue was polled 60 times."""
    handle = DBOS.retrieve_workflow(workflow_id)
    while handle.get_status().status != "SUCCESS" and len(polls) < 60:
        time.sleep(0.01)
    return f"{handle.get_status().status} on {handle.get_status().queue_name}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "executor_id": "worker-1" if FIRST else "worker-2",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    if not FIRST:
        subprocess.run([sys.executable, __file__, "first"])
    event.listen(Engine, "before_cursor_execute", lambda *args: count(args[2]))
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", global_concurrency=1, polling_interval_sec=0.05)
    april = enqueue("April")
    if FIRST:
        signal.pause()
    may = rescue(enqueue("May"))
    june = enqueue("June")
    print("April and June:", state(april), "and", state(june))
    #> April and June: PENDING on reports and ENQUEUED on reports
    print("May:", state(may))
    #> May: ENQUEUED on reports
    DBOS.destroy()

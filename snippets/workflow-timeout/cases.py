"""Which timeouts hold, and when a workflow is found to be late."""
# expect: ok
# since: 3.4

import os
import time
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout


@DBOS.workflow()
def work(seconds: float) -> None:
    for _ in range(round(seconds * 10)):
        DBOS.sleep(0.1)


def status(workflow_id: str) -> str:
    """Waits for the end, and names it."""
    while True:
        found = DBOS.get_workflow_status(workflow_id)
        if found and found.status in ("SUCCESS", "CANCELLED"):
            return found.status
        time.sleep(0.01)


def start(workflow_id: str, timeout: float | None, seconds: float) -> str:
    with SetWorkflowID(workflow_id), SetWorkflowTimeout(timeout):
        DBOS.start_workflow(work, seconds)
    return workflow_id


def enqueue(workflow_id: str, timeout: float | None, seconds: float) -> str:
    with SetWorkflowID(workflow_id), SetWorkflowTimeout(timeout):
        DBOS.enqueue_workflow("jobs", work, seconds)
    return workflow_id


def refusal(timeout: Any) -> str:
    try:
        SetWorkflowTimeout(timeout)
    except Exception as failure:
        return str(failure)
    return "accepted"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "jobs",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("jobs", polling_interval_sec=0.1)
    print("a timeout of -1:", refusal(-1))
    #> a timeout of -1: Invalid workflow timeout -1. Timeouts must be positive.
    direct = start("started-0", 0, 2.5)
    queued = enqueue("queued-0", 0, 6)
    without = enqueue("queued-none", None, 2.5)
    print("enqueued with a timeout of 0:", status(queued))
    #> enqueued with a timeout of 0: CANCELLED
    # The background job looks about once a second, so most of these end before.
    late = [status(start(f"late-{n}", 0.02, 0.1)) for n in range(6)]
    print("6 runs of 0.1 s past 0.02 s, some SUCCESS:", "SUCCESS" in late)
    #> 6 runs of 0.1 s past 0.02 s, some SUCCESS: True
    print("started with a timeout of 0:", status(direct))
    #> started with a timeout of 0: SUCCESS
    print("enqueued with a timeout of `None`:", status(without))
    #> enqueued with a timeout of `None`: SUCCESS
    again = start("again", 0, 6)
    DBOS.cancel_workflow(again)
    DBOS.resume_workflow(again)
    print("started with a timeout of 0, cancelled and resumed:", status(again))
    #> started with a timeout of 0, cancelled and resumed: CANCELLED
    DBOS.destroy()

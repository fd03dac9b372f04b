"""A cancelled workflow that waits is noticed when its wait is over."""
# expect: ok

import os
import threading
import time
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

tried = threading.Event()
may_fail = threading.Event()
may_end = threading.Event()
attempts: list[str] = []


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0.01)
def pay() -> None:
    attempts.append("pay")
    tried.set()
    may_fail.wait()
    raise ConnectionError("payment service is down")


@DBOS.workflow()
def checkout() -> None:
    pay()


@DBOS.workflow()
def pause() -> None:
    DBOS.sleep(0.6)
    may_end.wait()  # No cancel comes too late, however slow the machine is.


@DBOS.workflow()
def parent() -> None:
    with SetWorkflowID("child"):
        child = DBOS.start_workflow(pause)
    child.get_result()


def cancelled(workflow: Callable[[], None], waits: str) -> str:
    """Cancels it when the wait of the workflow with the id `waits` has begun."""
    may_end.clear()
    began = time.monotonic()
    with SetWorkflowID(workflow.__name__):
        handle = DBOS.start_workflow(workflow)
    while not DBOS.list_workflow_steps(waits):  # A wait is recorded when it begins.
        time.sleep(0.01)
    DBOS.cancel_workflow(handle.get_workflow_id())
    may_end.set()
    try:
        handle.get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        waited = time.monotonic() - began > 0.5
        return f"{str(failure)[5:13]} after the wait: {waited}"
    return "not cancelled"


def attempts_of_cancelled() -> str:
    handle = DBOS.start_workflow(checkout)
    tried.wait()
    DBOS.cancel_workflow(handle.get_workflow_id())
    may_fail.set()
    try:
        handle.get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        return f"{len(attempts)} attempts, then {str(failure)[5:13]}"
    return "not cancelled"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "exports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("handle of `start_workflow`, in a sleep of 0.6 s:", cancelled(pause, "pause"))
    #> handle of `start_workflow`, in a sleep of 0.6 s: Error 13 after the wait: True
    print("handle of `start_workflow`, its child sleeps:", cancelled(parent, "child"))
    #> handle of `start_workflow`, its child sleeps: Error 13 after the wait: True
    print("cancelled in the first of 3 attempts:", attempts_of_cancelled())
    #> cancelled in the first of 3 attempts: 3 attempts, then Error 13
    DBOS.destroy()

"""What ends a workflow, and what is done after a restart."""
# expect: ok

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID

calls: list[str] = []
again = threading.Event()


@DBOS.workflow()
def fail(name: str) -> None:
    calls.append(name)
    raise ValueError(name)


@DBOS.workflow()
def leave(name: str) -> None:
    calls.append(name)
    if calls.count("exit") == 2:
        again.set()
    sys.exit(name)


@DBOS.workflow()
def interrupt(name: str) -> None:
    raise KeyboardInterrupt


@DBOS.workflow()
def group(name: str) -> None:
    raise ExceptionGroup(name, [ValueError("a"), KeyError("b")])


@DBOS.workflow()
def catch_child(name: str) -> str:
    with suppress(ValueError), SetWorkflowID(f"{name}-child"):
        fail(name)
    return "caught"


@DBOS.workflow()
def work(name: str) -> None:
    pass


def launch() -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def status(workflow_id: str) -> str:
    return DBOS.retrieve_workflow(workflow_id).get_status().status


def end(workflow: Callable[[str], object], name: str) -> str:
    """What the handle of the start gives, and the status."""
    with SetWorkflowID(name):
        handle = DBOS.start_workflow(workflow, name)
    try:
        found = handle.get_result()
    except BaseException as failure:
        found = type(failure).__name__
    return f"{found}, {status(name)}"


if __name__ == "__main__":
    launch()
    for name in ("limited", "control"):
        DBOS.register_queue(name, global_concurrency=1, polling_interval_sec=0.1)
    print("an exception leaves the workflow:", end(fail, "failed"))
    #> an exception leaves the workflow: ValueError, ERROR
    print("an `ExceptionGroup` leaves it:", end(group, "group"))
    #> an `ExceptionGroup` leaves it: ExceptionGroup, ERROR
    print("the error of a child is caught:", end(catch_child, "parent"))
    #> the error of a child is caught: caught, SUCCESS
    print("the status of that child:", status("parent-child"))
    #> the status of that child: ERROR
    print("`SystemExit` leaves the workflow:", end(leave, "exit"))
    #> `SystemExit` leaves the workflow: SystemExit, PENDING
    print("`KeyboardInterrupt` leaves it:", end(interrupt, "interrupted"))
    #> `KeyboardInterrupt` leaves it: KeyboardInterrupt, PENDING
    with SetWorkflowID("job"):
        DBOS.enqueue_workflow("limited", leave, "job")
    with SetWorkflowID("next"):
        DBOS.enqueue_workflow("limited", work, "next")
    while "job" not in calls:
        time.sleep(0.01)
    for _ in range(3):
        DBOS.enqueue_workflow("control", work, "control").get_result()
    print("a job exits on a queue with `global_concurrency=1`:", status("job"))
    #> a job exits on a queue with `global_concurrency=1`: PENDING
    print("the next job of that queue:", status("next"))
    #> the next job of that queue: ENQUEUED
    DBOS.destroy()
    launch()  # As after a restart.
    again.wait()
    print("runs of what exited, after a restart:", calls.count("exit"))
    #> runs of what exited, after a restart: 2
    print("runs of what failed, after a restart:", calls.count("failed"))
    #> runs of what failed, after a restart: 1
    DBOS.destroy()

"""How many threads it takes to wait for a child, and what else needs one."""
# expect: ok
# Takes some seconds: a workflow that has no thread gets three seconds to end.

import logging
import os
import time
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID

log: list[str] = []
logged: list[int] = []  # How many, before each end of DBOS.


def notice(record: logging.LogRecord) -> bool:
    """Collects what DBOS logs as a warning or an error, and shows nothing."""
    if record.levelno >= logging.WARNING:
        log.append(record.getMessage())
    return False


@DBOS.workflow()
def pay() -> str:
    return "paid"


@DBOS.workflow()
async def pay_async() -> str:
    return "paid"


@DBOS.workflow()
def calls() -> str:
    return pay()


@DBOS.workflow()
def starts() -> str:
    return DBOS.start_workflow(pay).get_result()


@DBOS.workflow()
def starts_two() -> str:
    first, second = DBOS.start_workflow(pay), DBOS.start_workflow(pay)
    return first.get_result() + second.get_result()


@DBOS.workflow()
def starts_async() -> object:
    return DBOS.start_workflow(pay_async).get_result()


@DBOS.workflow()
def enqueues() -> str:
    return DBOS.enqueue_workflow("payments", pay).get_result()


def launch(executor_id: str, threads: int) -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "executor_id": executor_id,  # A launch recovers only what has its id.
        "max_executor_threads": threads,
        "notification_listener_polling_interval_sec": 0.01,  # Shortens the ends.
        "log_level": "WARNING",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("payments", polling_interval_sec=0.1)


def ends(threads: int, workflow: Callable[[], object]) -> str:
    """Runs the workflow, and names its status and that of its child."""
    workflow_id = f"{workflow.__name__}-{threads}"
    launch(workflow_id, threads)
    with SetWorkflowID(workflow_id):
        DBOS.start_workflow(workflow)
    deadline, found = time.monotonic() + 60, ["none"]
    while set(found) != {"SUCCESS"} and time.monotonic() < deadline:
        time.sleep(0.05)
        if len(found) > 1 and deadline - time.monotonic() > 3:
            deadline = time.monotonic() + 3
        runs = DBOS.list_workflows(workflow_id_prefix=workflow_id)
        found = [run.status for run in runs]
    logged.append(len(log))
    DBOS.destroy()
    return ", ".join(found)


if __name__ == "__main__":
    logging.getLogger("dbos").addFilter(notice)
    print("a child that is started, 1 thread:", ends(1, starts))
    #> a child that is started, 1 thread: PENDING, PENDING
    print("warnings and errors that DBOS logs meanwhile:", logged[0])
    #> warnings and errors that DBOS logs meanwhile: 0
    print("a child that is started, 2 threads:", ends(2, starts))
    #> a child that is started, 2 threads: SUCCESS, SUCCESS
    print("two children that are started, 2 threads:", ends(2, starts_two))
    #> two children that are started, 2 threads: SUCCESS, SUCCESS, SUCCESS
    print("a child that is called, 1 thread:", ends(1, calls))
    #> a child that is called, 1 thread: SUCCESS, SUCCESS
    print("an async child that is started, 1 thread:", ends(1, starts_async))
    #> an async child that is started, 1 thread: PENDING, PENDING
    print("a child that is enqueued, 1 thread:", ends(1, enqueues))
    #> a child that is enqueued, 1 thread: PENDING, PENDING
    launch("enqueues-1", threads=4)
    DBOS.retrieve_workflow("enqueues-1").get_result()
    ended = [run.status for run in DBOS.list_workflows(executor_id="enqueues-1")]
    print("that parent and child, launched with 4 threads:", ", ".join(ended))
    #> that parent and child, launched with 4 threads: SUCCESS, SUCCESS
    DBOS.destroy()

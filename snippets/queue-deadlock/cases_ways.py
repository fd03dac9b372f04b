"""In which ways a parent on a queue with one place waits for ever."""
# expect: ok
# Those that are stuck are let some polls.

import logging
import os
import time
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

POLL = 0.05
logged: list[logging.LogRecord] = []


@DBOS.workflow()
def pack(order: str) -> None:
    pass


@DBOS.workflow()
async def pack_async(order: str) -> None:
    pass


@DBOS.workflow()
def tell(order: str) -> None:
    DBOS.send(order, "packed")


@DBOS.workflow()
def wait(order: str, queue: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        DBOS.enqueue_workflow(queue, pack, order)
    wait_for(f"{order}-child")


@DBOS.workflow()
async def wait_async(order: str, queue: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        child = await DBOS.enqueue_workflow_async(queue, pack_async, order)
    await child.get_result(polling_interval_sec=POLL)


@DBOS.workflow()
def wait_for_message(order: str, queue: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        DBOS.enqueue_workflow(queue, tell, order)
    DBOS.recv(timeout_seconds=600)


@DBOS.workflow()
def wait_for_chain(order: str, queue: str) -> None:
    with SetWorkflowID(f"{order}-middle"):
        DBOS.enqueue_workflow("other", wait, order, queue)
    wait_for(f"{order}-middle")


def wait_for(workflow_id: str) -> None:
    DBOS.retrieve_workflow(workflow_id).get_result(polling_interval_sec=POLL)


def run(order: str, workflow: Callable[..., Any]) -> None:
    DBOS.register_queue(order, worker_concurrency=1, polling_interval_sec=POLL)
    with SetWorkflowID(order):
        DBOS.enqueue_workflow(order, workflow, order, order)


def status(workflow_id: str) -> str | None:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else None


def states(order: str) -> str:
    """The statuses, once the child is there and another queue was polled."""
    while status(f"{order}-child") is None:
        time.sleep(0.01)
    for _ in range(4):
        control = DBOS.enqueue_workflow("control", pack, order)
        control.get_result(polling_interval_sec=POLL)
    return f"{status(order)}, child {status(f'{order}-child')}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
    }
    dbos_log = logging.getLogger("dbos")
    dbos_log.addFilter(lambda record: logged.append(record) is not None)
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("control", polling_interval_sec=POLL)
    DBOS.register_queue("other", worker_concurrency=1, polling_interval_sec=POLL)
    run("async", wait_async)
    run("message", wait_for_message)
    run("chain", wait_for_chain)
    print("an async parent:", states("async"))
    #> an async parent: PENDING, child ENQUEUED
    print("a parent that waits in `recv` for the child:", states("message"))
    #> a parent that waits in `recv` for the child: PENDING, child ENQUEUED
    print("a child on another queue, whose child is on this one:", states("chain"))
    #> a child on another queue, whose child is on this one: PENDING, child ENQUEUED
    print("lines that dbos logged from WARNING on:", len(logged))
    #> lines that dbos logged from WARNING on: 0
    DBOS.send("message", "packed")
    for order in ("async", "chain"):
        DBOS.cancel_workflow(order, cancel_children=True)
    DBOS.destroy(workflow_completion_timeout_sec=10)

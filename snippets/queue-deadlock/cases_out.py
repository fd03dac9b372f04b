"""How a stuck pair is found, and the ways out of it."""
# expect: ok
# Those that are stuck are let some polls.

import os
import time
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

POLL = 0.05


@DBOS.workflow()
def pack(order: str) -> None:
    pass


@DBOS.workflow()
def ship(order: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        child = DBOS.enqueue_workflow(order, pack, order)
    child.get_result(polling_interval_sec=POLL)


def run(order: str, **limits: Any) -> None:
    """Registers a queue of the order's name, and enqueues the order there."""
    DBOS.register_queue(order, polling_interval_sec=POLL, **limits)
    with SetWorkflowID(order):
        DBOS.enqueue_workflow(order, ship, order)
    while status(f"{order}-child") is None:
        time.sleep(0.01)


def status(workflow_id: str) -> str | None:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else None


def some_polls() -> None:
    for number in range(4):
        control = DBOS.enqueue_workflow("control", pack, str(number))
        control.get_result(polling_interval_sec=POLL)


def states(order: str) -> str:
    return f"{status(order)}, child {status(f'{order}-child')}"


def ended(order: str) -> str:
    DBOS.retrieve_workflow(order).get_result(polling_interval_sec=POLL)
    return states(order)


def child_ended(order: str) -> str:
    child = DBOS.retrieve_workflow(f"{order}-child")
    child.get_result(polling_interval_sec=POLL)
    return states(order)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("control", polling_interval_sec=POLL)
    for order in ("raised", "resumed", "each", "both"):
        run(order, worker_concurrency=1)
    run("all", global_concurrency=1)
    some_polls()
    steps = DBOS.list_workflow_steps("raised")
    print("the parent's recorded steps:", [step["function_name"] for step in steps])
    #> the parent's recorded steps: ['pack']
    [child] = DBOS.list_workflows(parent_workflow_id="raised")
    own = DBOS.retrieve_workflow("raised").get_status()
    print("its child waits on its own queue:", child.queue_name == own.queue_name)
    #> its child waits on its own queue: True
    DBOS.register_queue("raised", worker_concurrency=2, polling_interval_sec=POLL)
    print("once the limit is 2:", ended("raised"))
    #> once the limit is 2: SUCCESS, child SUCCESS
    DBOS.resume_workflow("resumed-child")
    print("once the child is resumed, without a queue:", ended("resumed"))
    #> once the child is resumed, without a queue: SUCCESS, child SUCCESS
    DBOS.cancel_workflow("all")
    print("parent cancelled, `global_concurrency=1`:", child_ended("all"))
    #> parent cancelled, `global_concurrency=1`: CANCELLED, child SUCCESS
    DBOS.cancel_workflow("each")
    some_polls()
    print("parent cancelled, `worker_concurrency=1`:", states("each"))
    #> parent cancelled, `worker_concurrency=1`: CANCELLED, child ENQUEUED
    DBOS.cancel_workflow("each-child")
    DBOS.cancel_workflow("both", cancel_children=True)
    print("cancelled with `cancel_children=True`:", states("both"))
    #> cancelled with `cancel_children=True`: CANCELLED, child CANCELLED
    DBOS.destroy(workflow_completion_timeout_sec=10)

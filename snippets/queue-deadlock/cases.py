"""Under which limits a parent and its child on one queue end."""
# expect: ok
# Those that are stuck are let some polls.

import os
import time
from typing import Any

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

POLL = 0.05


@DBOS.workflow()
def pack(order: str) -> None:
    pass


@DBOS.workflow()
def ship(order: str, key: str | None, priority: int | None) -> None:
    options = SetEnqueueOptions(queue_partition_key=key, priority=priority)
    with SetWorkflowID(f"{order}-child"), options:
        child = DBOS.enqueue_workflow(order, pack, order)
    child.get_result(polling_interval_sec=POLL)


def run(
    order: str,
    keys: tuple[str | None, str | None] = (None, None),
    priority: int | None = None,
    **limits: Any,
) -> None:
    """Registers a queue of the order's name, and enqueues the order there."""
    DBOS.register_queue(order, polling_interval_sec=POLL, **limits)
    with SetWorkflowID(order), SetEnqueueOptions(queue_partition_key=keys[0]):
        DBOS.enqueue_workflow(order, ship, order, keys[1], priority)


def status(workflow_id: str) -> str:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else "none"


def states(order: str) -> str:
    """The statuses, once the child is there and another queue was polled."""
    while status(f"{order}-child") == "none":
        time.sleep(0.01)
    for _ in range(4):
        control = DBOS.enqueue_workflow("control", pack, order)
        control.get_result(polling_interval_sec=POLL)
    return f"{status(order)}, child {status(f'{order}-child')}"


def ended(order: str) -> str:
    DBOS.retrieve_workflow(order).get_result(polling_interval_sec=POLL)
    return f"{status(order)}, child {status(f'{order}-child')}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("control", polling_interval_sec=POLL)
    run("worker", worker_concurrency=1)
    run("all", global_concurrency=1)
    run("urgent", priority=1, worker_concurrency=1)
    run("key", keys=("acme", "acme"), partition_concurrency=1)
    run("keys", keys=("acme", "globex"), partition_concurrency=1)
    run("rate", limiter={"limit": 1, "period": 0.5})
    run("free")
    print("`worker_concurrency=1`:", states("worker"))
    #> `worker_concurrency=1`: PENDING, child ENQUEUED
    print("`global_concurrency=1`:", states("all"))
    #> `global_concurrency=1`: PENDING, child ENQUEUED
    print("the child is given a priority, `worker_concurrency=1`:", states("urgent"))
    #> the child is given a priority, `worker_concurrency=1`: PENDING, child ENQUEUED
    print("`partition_concurrency=1`, one key for both:", states("key"))
    #> `partition_concurrency=1`, one key for both: PENDING, child ENQUEUED
    print("`partition_concurrency=1`, a key for each:", ended("keys"))
    #> `partition_concurrency=1`, a key for each: SUCCESS, child SUCCESS
    print("a limiter of one start in 0.5 s:", ended("rate"))
    #> a limiter of one start in 0.5 s: SUCCESS, child SUCCESS
    print("no limit:", ended("free"))
    #> no limit: SUCCESS, child SUCCESS
    for order in ("worker", "all", "urgent", "key"):
        DBOS.cancel_workflow(order, cancel_children=True)
    DBOS.destroy(workflow_completion_timeout_sec=10)

"""Parents and children that end though their queue has one place."""
# expect: ok

import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

POLL = 0.05


@DBOS.workflow()
def pack(order: str) -> None:
    pass


@DBOS.workflow()
def wait(order: str, queue: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        DBOS.enqueue_workflow(queue, pack, order)
    wait_for(f"{order}-child")


@DBOS.workflow()
def leave(order: str, queue: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        DBOS.enqueue_workflow(queue, pack, order)


@DBOS.workflow()
def start(order: str, queue: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        DBOS.start_workflow(pack, order).get_result()


@DBOS.workflow()
def call(order: str, queue: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        pack(order)


def wait_for(workflow_id: str) -> None:
    DBOS.retrieve_workflow(workflow_id).get_result(polling_interval_sec=POLL)


def run(order: str, workflow: Callable[..., Any]) -> None:
    DBOS.register_queue(order, worker_concurrency=1, polling_interval_sec=POLL)
    with SetWorkflowID(order):
        DBOS.enqueue_workflow(order, workflow, order, order)


def status(workflow_id: str) -> str:
    return DBOS.retrieve_workflow(workflow_id).get_status().status


def ended(order: str) -> str:
    wait_for(order)
    wait_for(f"{order}-child")
    return f"{status(order)}, child {status(f'{order}-child')}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("started", worker_concurrency=1, polling_interval_sec=POLL)
    run("leave", leave)
    run("call", call)
    run("start", start)
    with SetWorkflowID("started"):
        DBOS.start_workflow(wait, "started", "started")
    print("a parent that does not wait:", ended("leave"))
    #> a parent that does not wait: SUCCESS, child SUCCESS
    print("a parent that calls its child:", ended("call"))
    #> a parent that calls its child: SUCCESS, child SUCCESS
    print("a parent that starts its child:", ended("start"))
    #> a parent that starts its child: SUCCESS, child SUCCESS
    print("a parent that was started, not enqueued:", ended("started"))
    #> a parent that was started, not enqueued: SUCCESS, child SUCCESS
    DBOS.destroy()

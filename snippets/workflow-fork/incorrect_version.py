"""A rewound run keeps its old version, so the fix does not reach it."""
# expect: wrong
# Slower than others: on SQLite, versions are registered with whole seconds.

import os
import time
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle

executed: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    executed.append("charge")


@DBOS.step()
def ship(order: str) -> None:
    executed.append("ship")
    if DBOS.application_version == "1":
        raise ValueError("a bug in version 1")


@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)
    ship(order)


# --8<-- [start:rule]
def try_again(workflow_id: str) -> None:
    DBOS.rewind_workflow(workflow_id, start_step=2)


# --8<-- [end:rule]


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
        "application_version": version,
    }
    DBOS(config=config)
    DBOS.launch()


if __name__ == "__main__":
    launch("1")
    with SetWorkflowID("order-1"), suppress(ValueError):
        checkout("order-1")
    DBOS.destroy()
    time.sleep(1.1)
    launch("2")
    with SetWorkflowID("order-2"):
        checkout("order-2")
    executed.clear()
    try_again("order-1")
    # This one is taken from the same queue, after `order-1` if that can be taken.
    DBOS.fork_workflow("order-2", 3).get_result()
    handle: WorkflowHandle[None] = DBOS.retrieve_workflow("order-1")
    while handle.get_status().status == "PENDING":
        time.sleep(0.01)
    print(f"{handle.get_status().status}, executed: {executed}")
    #> ENQUEUED, executed: []
    DBOS.destroy()

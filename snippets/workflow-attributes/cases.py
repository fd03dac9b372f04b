"""What sets attributes, what changes them, and what is refused."""
# expect: ok

import datetime
import os
from collections.abc import Callable
from typing import Any

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    EnqueueOptions,
    SetWorkflowAttributes,
    SetWorkflowID,
    error,
)

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
options: EnqueueOptions = {"workflow_name": "fulfil", "queue_name": "orders"}


@DBOS.workflow()
def fulfil() -> None:
    pass


@DBOS.workflow()
def update_itself() -> None:
    DBOS.update_workflow_attributes("order-2", {"stage": "paid"})


def start(order: str, attributes: dict[str, Any]) -> None:
    with SetWorkflowID(order), SetWorkflowAttributes(attributes):
        fulfil()


def attributes(order: str) -> str:
    found = DBOS.get_workflow_status(order)
    if not found or found.attributes is None:
        return "no attributes" if found else "no such workflow"
    return str(dict(sorted(found.attributes.items())))


def merged(order: str, changes: dict[str, Any] | None) -> str:
    DBOS.update_workflow_attributes(order, changes, merge=True)
    return attributes(order)


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except error.DBOSException as failure:
        return str(failure).split(". ")[-1].removeprefix("DBOS Error: ")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    start("order-1", {"customer": "acme"})
    start("order-1", {"customer": "initech"})
    print("a second call with the same id:", attributes("order-1"))
    #> a second call with the same id: {'customer': 'acme'}
    with SetWorkflowID("order-3"), SetWorkflowAttributes({"stage": "new"}):
        DBOS.enqueue_workflow("orders", fulfil)
    print("enqueued with attributes:", attributes("order-3"))
    #> enqueued with attributes: {'stage': 'new'}
    client = DBOSClient(system_database_url=URL)
    with SetWorkflowAttributes({"stage": "new"}):
        enqueued = client.enqueue(options).get_workflow_id()
    print("enqueued in the block by a `DBOSClient`:", attributes(enqueued))
    #> enqueued in the block by a `DBOSClient`: no attributes
    options["attributes"] = {"stage": "new"}
    enqueued = client.enqueue(options).get_workflow_id()
    print("enqueued with the client's option `attributes`:", attributes(enqueued))
    #> enqueued with the client's option `attributes`: {'stage': 'new'}
    client.destroy()
    merged("order-1", {"ship": {"to": "DE", "fast": True}})
    changed = merged("order-1", {"ship": {"to": "FR"}})
    print("nested value, merged:", changed)
    #> nested value, merged: {'customer': 'acme', 'ship': {'to': 'FR'}}
    print("`None` as a value, merged:", merged("order-1", {"customer": None}))
    #> `None` as a value, merged: {'customer': None, 'ship': {'to': 'FR'}}
    refused = outcome(lambda: merged("order-1", None))
    print("merged with `None`:", refused)
    #> merged with `None`: Cannot merge None into workflow attributes
    DBOS.update_workflow_attributes("order-1", None)
    print("updated with `None`:", attributes("order-1"))
    #> updated with `None`: no attributes
    unknown = outcome(lambda: merged("order-9", {"stage": "paid"}))
    print("an update of an unknown id raises no error:", unknown)
    #> an update of an unknown id raises no error: no such workflow
    with SetWorkflowID("order-2"):
        update_itself()
    steps = [step["function_name"] for step in DBOS.list_workflow_steps("order-2")]
    print("recorded for an update in the workflow:", ", ".join(steps))
    #> recorded for an update in the workflow: DBOS.updateWorkflowAttributes
    fork = DBOS.fork_workflow("order-2", 2).get_workflow_id()
    print("a fork of that workflow:", attributes(fork))
    #> a fork of that workflow: {'stage': 'paid'}
    start("order-4", {"sizes": (1, 2)})
    print("a tuple as a value:", attributes("order-4"))
    #> a tuple as a value: {'sizes': [1, 2]}
    day = datetime.date(2026, 5, 1)
    refused = outcome(lambda: SetWorkflowAttributes({"day": day}))
    print("a date as a value:", refused)
    #> a date as a value: Attributes must be JSON-serializable.
    DBOS.destroy()

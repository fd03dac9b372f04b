"""Two orders fill the queue on which their parcels wait."""
# expect: wrong

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Engine, event

gate = threading.Barrier(2)
polls: list[str] = []


@DBOS.step()
def pick(order: str) -> None:
    if order != "order-1":
        gate.wait()


# --8<-- [start:rule]
@DBOS.workflow()
def pack(order: str) -> str:
    return f"parcel of {order}"


@DBOS.workflow()
def ship(order: str) -> str:
    pick(order)
    with SetWorkflowID(f"{order}-parcel"):
        parcel = DBOS.enqueue_workflow("orders", pack, order)
    return parcel.get_result()


# --8<-- [end:rule]


def enqueue(order: str) -> str:
    with SetWorkflowID(order):
        return DBOS.enqueue_workflow("orders", ship, order).workflow_id


def count(statement: str) -> None:
    """Each poll of the worker begins with the row of its queue."""
    if threading.current_thread().name == "queue-worker-orders":
        polls.extend(["poll"] * ("queues" in statement))


def states(*workflow_ids: str) -> list[str]:
    """The statuses, once all are SUCCESS or the queue was polled 40 times."""
    end = len(polls) + 40
    found: list[str] = []
    while set(found) != {"SUCCESS"} and len(polls) < end:
        time.sleep(0.01)
        handles = map(DBOS.retrieve_workflow, workflow_ids)
        found = [handle.get_status().status for handle in handles]
    return found


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    event.listen(Engine, "before_cursor_execute", lambda *args: count(args[2]))
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", worker_concurrency=2, polling_interval_sec=0.05)
    DBOS.register_queue("parcels", worker_concurrency=2, polling_interval_sec=0.05)
    print("one order:", *states(enqueue("order-1")))
    #> one order: SUCCESS
    orders = enqueue("order-2"), enqueue("order-3")
    print("two orders:", *states(*orders))
    #> two orders: PENDING PENDING
    print("their parcels:", *states("order-2-parcel", "order-3-parcel"))
    #> their parcels: ENQUEUED ENQUEUED
    DBOS.cancel_workflows([*orders], cancel_children=True)  # Lets the program end.
    DBOS.destroy(workflow_completion_timeout_sec=10)

"""Each kind of work has a version, and waits for a process that has it too."""
# expect: ok
# Slower than others: a delay of one second has to pass under version 2.

import os
import time
from datetime import datetime

from dbos import DBOS, DBOSClient, DBOSConfig, SetEnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "application_version": version,
        "scheduler_polling_interval_sec": 0.1,
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)
    DBOS.launch()


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


@DBOS.workflow()
def count_stock(scheduled: datetime, context: object) -> None:
    pass


@DBOS.workflow()
def order_by_child(order: str) -> str:
    child = DBOS.start_workflow(ship, order)
    child.get_result()
    return child.get_status().app_version or "none"


def control(order: str) -> None:
    """Ends when a delay of a second has passed and a worker has taken the order."""
    with SetEnqueueOptions(delay_seconds=1.2):
        DBOS.enqueue_workflow("orders", ship, order).get_result()


def state(workflow_id: str) -> str:
    status = DBOS.get_workflow_status(workflow_id)
    return f"{status.status}, version {status.app_version}" if status else "missing"


if __name__ == "__main__":
    launch("1")
    with SetWorkflowID("queued"):
        DBOS.enqueue_workflow("orders", ship, "order-1")
    with SetWorkflowID("delayed"), SetEnqueueOptions(delay_seconds=1):
        DBOS.enqueue_workflow("orders", ship, "order-2")
    DBOS.destroy()
    time.sleep(1.1)  # SQLite under Python 3.11 registers versions with whole seconds.
    launch("2")
    latest = DBOS.get_latest_application_version()["version_name"]
    print("the latest after version 2 is launched:", f"version {latest}")
    #> the latest after version 2 is launched: version 2
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    client = DBOSClient(system_database_url=URL)
    client.enqueue(
        {
            "workflow_name": "ship",
            "queue_name": "orders",
            "workflow_id": "sent",
            "app_version": "1",
        },
        "order-3",
    )
    client.destroy()
    control("order-4")
    print("queued by version 1, while version 2 runs:", state("queued"))
    #> queued by version 1, while version 2 runs: ENQUEUED, version 1
    print("delayed by version 1, when due under version 2:", state("delayed"))
    #> delayed by version 1, when due under version 2: ENQUEUED, version 1
    print("sent by a client with `app_version` 1:", state("sent"))
    #> sent by a client with `app_version` 1: ENQUEUED, version 1
    forked = DBOS.fork_workflow("queued", 1)
    forked.get_result()
    print("a fork of version 1's run:", state(forked.workflow_id))
    #> a fork of version 1's run: SUCCESS, version 2
    DBOS.create_schedule(
        schedule_name="stock", workflow_fn=count_stock, schedule="0 0 1 1 *"
    )
    DBOS.destroy()
    launch("1")
    latest = DBOS.get_latest_application_version()["version_name"]
    print("the latest after version 1 is launched again:", f"version {latest}")
    #> the latest after version 1 is launched again: version 2
    DBOS.retrieve_workflow("sent").get_result()
    print("sent for version 1, after that launch:", state("sent"))
    #> sent for version 1, after that launch: SUCCESS, version 1
    print("a child that version 1 starts:", f"version {order_by_child('order-5')}")
    #> a child that version 1 starts: version 1
    scheduled = DBOS.trigger_schedule("stock")
    options = {"workflow_name": "ship", "queue_name": "orders"}
    unversioned = DBOS.enqueue_workflow_with_options(options, "order-6")
    control("order-7")
    print("a schedule that version 1 triggers:", state(scheduled.workflow_id))
    #> a schedule that version 1 triggers: ENQUEUED, version 2
    print("`enqueue_workflow_with_options`:", state(unversioned.workflow_id))
    #> `enqueue_workflow_with_options`: ENQUEUED, version None
    DBOS.destroy()

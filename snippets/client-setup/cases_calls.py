"""What a client starts, and where it may be used."""
# expect: ok

import asyncio
import os
import threading
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
MAIL: EnqueueOptions = {"workflow_name": "send_mail", "queue_name": "mails"}
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}


def threads(**options: Any) -> str:
    before = threading.active_count()
    client = DBOSClient(system_database_url=URL, **options)
    client.list_workflows()
    more = threading.active_count() - before
    client.destroy()
    left = threading.active_count() - before
    return f"{more} while it is used, {left} after `destroy`"


async def on_a_loop() -> str:
    return f"returns {len(client.list_workflows())} workflow"


async def awaited() -> str:
    return f"returns {len(await client.list_workflows_async())} workflow"


@DBOS.workflow()
def send_mail() -> None:
    pass


@DBOS.workflow()
def order() -> None:
    client.enqueue(MAIL)


def recorded(workflow_id: str) -> str:
    return f"{len(DBOS.list_workflow_steps(workflow_id))} records"


def methods(where: type) -> int:
    return len([name for name in dir(where) if name.endswith("_in_transaction")])


if __name__ == "__main__":
    DBOS.migrate(URL)
    print("threads of a client:", threads())
    #> threads of a client: 0 while it is used, 0 after `destroy`
    print("threads with `use_listen_notify`:", threads(use_listen_notify=True))
    #> threads with `use_listen_notify`: 1 while it is used, 0 after `destroy`
    client = DBOSClient(system_database_url=URL)
    mail = client.enqueue(MAIL)
    print("enqueued while no worker runs:", mail.get_status().status)
    #> enqueued while no worker runs: ENQUEUED
    print("`list_workflows` on an event loop:", asyncio.run(on_a_loop()))
    #> `list_workflows` on an event loop: returns 1 workflow
    print("`list_workflows_async` on an event loop:", asyncio.run(awaited()))
    #> `list_workflows_async` on an event loop: returns 1 workflow
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("mails", polling_interval_sec=0.1)
    mail.get_result()
    print("enqueued before the first launch ever, then:", mail.get_status().status)
    #> enqueued before the first launch ever, then: SUCCESS
    with SetWorkflowID("order-1"):
        order()
    print("`enqueue` of a client in a workflow:", recorded("order-1"))
    #> `enqueue` of a client in a workflow: 0 records
    DBOS.destroy()
    client.destroy()
    both = f"{methods(DBOSClient)} of the client, {methods(DBOS)} of `DBOS`"
    print("methods `…_in_transaction`:", both)
    #> methods `…_in_transaction`: 3 of the client, 0 of `DBOS`

"""When a client connects, what it starts, and where it may be used."""
# expect: ok

import asyncio
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
NOBODY = "postgresql://nobody@127.0.0.1:1/nothing"  # Nothing listens there.
MAIL: EnqueueOptions = {"workflow_name": "send_mail", "queue_name": "mails"}
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}


def outcome(call: Callable[..., Any], **options: Any) -> str:
    try:
        answer = call(**options)
    except Exception as error:
        return type(error).__name__
    return answer if isinstance(answer, str) else "no error"


def check_lazy() -> None:
    client = DBOSClient(system_database_url=NOBODY, lazy=True)
    client.check_connection()


def missing_file() -> str:
    client = DBOSClient(system_database_url="sqlite:///new.sqlite")
    client.destroy()
    return f"makes one of {Path('new.sqlite').stat().st_size} bytes"


def migrate() -> str:
    dbos = Path(sys.executable).with_name("dbos")
    command = [dbos, "migrate", "-s", "sqlite:///made.sqlite"]
    subprocess.run(command, check=True, capture_output=True)
    return count(DBOSClient(system_database_url="sqlite:///made.sqlite"))


def count(client: DBOSClient) -> str:
    return f"{len(client.list_workflows())} workflows"


def threads(**options: Any) -> str:
    before = threading.active_count()
    client = DBOSClient(system_database_url=URL, **options)
    count(client)
    more = threading.active_count() - before
    client.destroy()
    left = threading.active_count() - before
    return f"{more} while it is used, {left} after `destroy`"


async def on_a_loop() -> str:
    return count(client)


async def awaited() -> str:
    return f"{len(await client.list_workflows_async())} workflows"


@DBOS.workflow()
def order() -> None:
    client.enqueue(MAIL)


def order_recorded() -> str:
    with SetWorkflowID("order"):
        order()
    steps = DBOS.list_workflow_steps("order")
    return f"{len(steps)} steps recorded"


if __name__ == "__main__":
    logging.disable()
    print("no address:", outcome(DBOSClient))
    #> no address: DBOSException
    unreachable: dict[str, Any] = {"system_database_url": NOBODY}
    lazy = {**unreachable, "lazy": True}
    print("an address where nothing is:", outcome(DBOSClient, **unreachable))
    #> an address where nothing is: OperationalError
    print("`lazy=True`, an address where nothing is:", outcome(DBOSClient, **lazy))
    #> `lazy=True`, an address where nothing is: no error
    print("`check_connection` of a lazy client:", outcome(check_lazy))
    #> `check_connection` of a lazy client: OperationalError
    print("an SQLite file that is missing:", outcome(missing_file))
    #> an SQLite file that is missing: makes one of 0 bytes
    print("after `dbos migrate -s`:", outcome(migrate))
    #> after `dbos migrate -s`: 0 workflows
    DBOS.migrate(URL)
    print("threads of a client:", threads())
    #> threads of a client: 0 while it is used, 0 after `destroy`
    print("threads with `use_listen_notify`:", threads(use_listen_notify=True))
    #> threads with `use_listen_notify`: 1 while it is used, 0 after `destroy`
    client = DBOSClient(system_database_url=URL)
    print("enqueued while no worker runs:", client.enqueue(MAIL).get_status().status)
    #> enqueued while no worker runs: ENQUEUED
    print("`list_workflows` on an event loop:", asyncio.run(on_a_loop()))
    #> `list_workflows` on an event loop: 1 workflows
    print("`list_workflows_async` on an event loop:", asyncio.run(awaited()))
    #> `list_workflows_async` on an event loop: 1 workflows
    client.destroy()
    print("a call after `destroy`:", outcome(lambda: count(client)))
    #> a call after `destroy`: 1 workflows
    DBOS(config=config)
    DBOS.launch()
    print("`enqueue` of a client in a workflow:", order_recorded())
    #> `enqueue` of a client in a workflow: 0 steps recorded
    DBOS.destroy()
    client.destroy()
    names = [name for name in dir(DBOSClient) if name.endswith("_transaction")]
    print("only in the client:", ", ".join(n for n in names if not hasattr(DBOS, n)))
    '''
    only in the client:
    enqueue_in_transaction, send_bulk_in_transaction, send_in_transaction
    '''

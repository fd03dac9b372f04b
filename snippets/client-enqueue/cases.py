"""What a client accepts, what it refuses, and what a second enqueue does."""
# expect: ok

import asyncio
import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, WorkflowHandle

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///payments.sqlite")
config: DBOSConfig = {
    "name": "payments",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}
NEW = "refund-v2"
OTHER = {"workflow_id": "id", "workflow_name": NEW}
REJECT = {"workflow_id": "id", "workflow_id_reuse_policy": "reject"}


@DBOS.workflow()
def pay(order: str) -> str:
    return f"{order} is paid"


@DBOS.workflow(name=NEW)
def refund(order: str) -> str:
    return f"{order} is refunded"


class Shop:
    """Holds a workflow."""

    @staticmethod
    @DBOS.workflow()
    def close() -> str:
        return "closed"


def outcome(call: Callable[[], Any]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def status(argument: Any, **more: Any) -> str:
    options: Any = {"workflow_name": "pay", "queue_name": "payments", **more}
    return outcome(lambda: client.enqueue(options, argument).get_status().status)


def result(*arguments: Any, **more: Any) -> str:
    options: Any = {"workflow_name": "pay", "queue_name": "payments", **more}
    handle: WorkflowHandle[str] = client.enqueue(options, *arguments)
    return outcome(lambda: handle.get_result(polling_interval_sec=0.05))


def keys(first: int, last: int) -> str:
    return ", ".join(sorted(EnqueueOptions.__optional_keys__)[first - 1 : last])


async def in_a_loop() -> str:
    options: EnqueueOptions = {"workflow_name": "pay", "queue_name": "payments"}
    handle = await client.enqueue_async(options, "order-3")
    return await handle.get_result()


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("payments", polling_interval_sec=0.05)
    client = DBOSClient(system_database_url=URL)
    required = sorted(EnqueueOptions.__required_keys__)
    print("keys that must be there:", ", ".join(required))
    print("other keys, 1 to 4:", keys(1, 4))
    print("other keys, 5 to 8:", keys(5, 8))
    print("other keys, 9 to 11:", keys(9, 11))
    print("other keys, 12 to 15:", keys(12, 15))
    print("other keys, 16 to 18:", keys(16, 18))
    print("a name given by `@DBOS.workflow(name=…)`:", result("1", workflow_name=NEW))
    print("a static method of a class:", result(workflow_name="Shop.close"))
    print("too few arguments:", result())
    print("an argument that cannot be stored:", status(line for line in "a"))
    print("a queue that nobody registered:", status("1", queue_name="paiments"))
    print("an id that is used the first time:", result("order-1", workflow_id="id"))
    print("the same id, another argument:", result("order-2", workflow_id="id"))
    print("the same id, another workflow:", status("1", **OTHER))
    print("the same id, with the policy `reject`:", status("1", **REJECT))
    print("`enqueue_async`:", asyncio.run(in_a_loop()))
    client.destroy()
    DBOS.destroy()

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
NEW, STEP = "refund-v2", "<temp>.remind"
OTHER = {"workflow_id": "id", "workflow_name": NEW}
REJECT = {"workflow_id": "id", "workflow_id_reuse_policy": "reject"}


@DBOS.workflow()
def pay(order: str) -> str:
    return f"{order} is paid"


@DBOS.workflow(name=NEW)
def refund(order: str) -> str:
    return f"{order} is refunded"


@DBOS.step()
def remind() -> str:
    return "reminded"


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
    #> keys that must be there: queue_name, workflow_name
    print("other keys, 1 to 3:", keys(1, 3))
    #> other keys, 1 to 3: app_version, application_name, attributes
    print("other keys, 4 to 6:", keys(4, 6))
    #> other keys, 4 to 6: authenticated_roles, authenticated_user, class_name
    print("other keys, 7 to 9:", keys(7, 9))
    #> other keys, 7 to 9: deduplication_id, delay_seconds, duplication_policy
    print("other keys, 10 to 12:", keys(10, 12))
    #> other keys, 10 to 12: instance_name, otel_context, priority
    print("other keys, 13 to 15:", keys(13, 15))
    #> other keys, 13 to 15: queue_partition_key, serialization_type, shard_key
    print("other keys, 16 to 18:", keys(16, 18))
    #> other keys, 16 to 18: workflow_id, workflow_id_reuse_policy, workflow_timeout
    print("a name given by `@DBOS.workflow(name=…)`:", result("1", workflow_name=NEW))
    #> a name given by `@DBOS.workflow(name=…)`: 1 is refunded
    print("a static method of a class:", result(workflow_name="Shop.close"))
    #> a static method of a class: closed
    print("a step, by the name `<temp>.remind`:", result(workflow_name=STEP))
    #> a step, by the name `<temp>.remind`: reminded
    print("too few arguments:", result())
    #> too few arguments: TypeError
    print("an argument that cannot be stored:", status(line for line in "a"))
    #> an argument that cannot be stored: TypeError
    print("a queue that nobody registered:", status("1", queue_name="paiments"))
    #> a queue that nobody registered: ENQUEUED
    print("an id that is used the first time:", result("order-1", workflow_id="id"))
    #> an id that is used the first time: order-1 is paid
    print("the same id, another argument:", result("order-2", workflow_id="id"))
    #> the same id, another argument: order-1 is paid
    print("the same id, another workflow:", status("1", **OTHER))
    #> the same id, another workflow: DBOSConflictingWorkflowError
    print("the same id, with the policy `reject`:", status("1", **REJECT))
    #> the same id, with the policy `reject`: DBOSWorkflowIDInUseError
    print("`enqueue_async`:", asyncio.run(in_a_loop()))
    #> `enqueue_async`: order-3 is paid
    client.destroy()
    DBOS.destroy()

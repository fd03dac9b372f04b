"""Which synchronous calls an event loop refuses, and which it lets through."""
# expect: ok

import asyncio
import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


# --8<-- [start:rule]
calls: dict[str, Callable[[], object]] = {
    "get_event": lambda: DBOS.get_event("order-1", "progress"),
    "list_workflows": lambda: DBOS.list_workflows(),
    "register_queue": lambda: DBOS.register_queue("orders"),
    "retrieve_workflow": lambda: DBOS.retrieve_workflow("order-1"),
    "send": lambda: DBOS.send("order-1", "hello"),
    "sleep": lambda: DBOS.sleep(0),
    "start_workflow": lambda: DBOS.start_workflow(ship, "order-1"),
    "enqueue_workflow": lambda: DBOS.enqueue_workflow("orders", ship, "order-2"),
    "a direct call": lambda: ship("order-3"),
}
# --8<-- [end:rule]


async def refused() -> list[str]:
    names = []
    for name, call in calls.items():
        try:
            call()
        except RuntimeError:
            names.append(name)
    return names


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    names = asyncio.run(refused())
    print("raise:", ", ".join(names))
    #> raise: get_event, list_workflows, register_queue, retrieve_workflow, send, sleep
    print("do not:", ", ".join(name for name in calls if name not in names))
    #> do not: start_workflow, enqueue_workflow, a direct call
    DBOS.destroy()

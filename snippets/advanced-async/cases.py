"""Which synchronous calls a running event loop refuses, and which it runs."""
# expect: ok

import asyncio
import logging
import os
from collections.abc import Callable

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
JOB: EnqueueOptions = {"workflow_name": "ship", "queue_name": "orders"}


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


def answers(*calls: Callable[[], object]) -> str:
    """What the calls answer inside a running loop, each kind once."""

    async def in_loop() -> set[str]:
        seen = set()
        for call in calls:
            try:
                call()
                seen.add("no error")
            except Exception as error:
                seen.add(type(error).__name__)
        return seen

    return " or ".join(sorted(asyncio.run(in_loop())))


class Collector(logging.Handler):
    """Keeps what dbos warns about."""

    def emit(self, record: logging.LogRecord) -> None:
        warned.append(record.getMessage())


warned: list[str] = []

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    queue = DBOS.register_queue("orders")
    client = DBOSClient(system_database_url=URL)
    talking = answers(
        lambda: DBOS.send("order-1", "hello"),
        lambda: DBOS.recv(),
        lambda: DBOS.get_event("order-1", "progress"),
        lambda: DBOS.sleep(0),
    )
    print("`send`, `recv`, `get_event`, `sleep`:", talking)
    #> `send`, `recv`, `get_event`, `sleep`: RuntimeError
    steering = answers(
        lambda: DBOS.list_workflows(),
        lambda: DBOS.get_result("order-1"),
        lambda: DBOS.cancel_workflow("order-1"),
    )
    print("`list_workflows`, `get_result`, `cancel_workflow`:", steering)
    #> `list_workflows`, `get_result`, `cancel_workflow`: RuntimeError
    starting = answers(
        lambda: ship("order-1"),
        lambda: DBOS.start_workflow(ship, "order-2"),
    )
    print("`start_workflow`, a direct call:", starting)
    #> `start_workflow`, a direct call: no error
    enqueueing = answers(
        lambda: DBOS.enqueue_workflow("orders", ship, "order-3"),
        lambda: DBOS.enqueue_workflow_with_options(JOB, "order-4"),
    )
    print("`enqueue_workflow`, with or without options:", enqueueing)
    #> `enqueue_workflow`, with or without options: no error
    planning = answers(
        lambda: DBOS.list_schedules(),
        lambda: DBOS.apply_schedules([]),
        lambda: DBOS.list_application_versions(),
    )
    print("methods for schedules and versions:", planning)
    #> methods for schedules and versions: no error
    sending = answers(
        lambda: client.list_workflows(),
        lambda: client.enqueue(JOB, "order-5"),
    )
    print("a client's `list_workflows` and `enqueue`:", sending)
    #> a client's `list_workflows` and `enqueue`: no error
    logger = logging.getLogger("dbos")
    logger.addHandler(Collector())
    logger.setLevel(logging.WARNING)
    reading = answers(lambda: queue.polling_interval_sec)
    print("a property of a queue:", reading, "and", len(warned), "warning")
    #> a property of a queue: no error and 1 warning
    client.destroy()
    DBOS.destroy()

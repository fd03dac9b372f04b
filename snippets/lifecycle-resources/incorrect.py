"""The start-up connects after the launch, and the waiting order fails for good."""
# expect: crash
# Takes some seconds: connecting takes up to two, and a new queue is polled after one.

import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}
clients: dict[str, "Bank"] = {}
asked = threading.Event()


class Bank:
    """A client that connects in two seconds, or as soon as a step looks for it."""

    def __init__(self) -> None:
        asked.wait(timeout=2)

    def charge(self, order: str) -> str:
        if not CRASHED.exists():
            CRASHED.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return f"{order} is paid"


# --8<-- [start:rule]
def start_up() -> None:
    DBOS(config=config)
    DBOS.launch()
    clients["bank"] = Bank()


# --8<-- [end:rule]


@DBOS.step()
def charge(order: str) -> str:
    asked.set()
    return clients["bank"].charge(order)


@DBOS.workflow()
def checkout(order: str) -> str:
    return charge(order)


if __name__ == "__main__":
    start_up()
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    with SetWorkflowID("order-1"):
        order = DBOS.enqueue_workflow("orders", checkout, "order-1")
    try:
        print(order.get_result())
    except KeyError as error:
        print("KeyError:", error)
    print("order-1 is", order.get_status().status)
    DBOS.destroy()

"""The start-up connects before the launch, and the waiting order is paid."""
# expect: crash

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
launched, begun = threading.Event(), threading.Event()


class Bank:
    """A client. Where orders can begin before it is connected, one does."""

    def __init__(self) -> None:
        if CRASHED.exists() and launched.is_set():
            begun.wait(timeout=30)

    def charge(self, order: str) -> str:
        if not CRASHED.exists():
            CRASHED.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return f"{order} is paid"


def launch() -> None:
    DBOS(config=config)
    DBOS.launch()
    launched.set()


# --8<-- [start:rule]
def start_up() -> None:
    clients["bank"] = Bank()
    launch()


# --8<-- [end:rule]


@DBOS.step()
def charge(order: str) -> str:
    try:
        return clients["bank"].charge(order)
    finally:
        begun.set()


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

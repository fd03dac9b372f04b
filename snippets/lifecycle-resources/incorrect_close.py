"""The shut-down closes a connection that a running order still needs."""
# expect: wrong

import os
import threading

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}
reserving = threading.Event()


class Bank:
    """A client that cannot be used after it is closed."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def charge(self, order: str) -> None:
        if self.closed.is_set():
            raise ConnectionError("the connection is closed")

    def close(self) -> None:
        self.closed.set()


bank = Bank()


@DBOS.step()
def reserve(order: str) -> None:
    reserving.set()
    bank.closed.wait(timeout=2)  # It takes two seconds, or ends with the client.


@DBOS.step()
def charge(order: str) -> None:
    bank.charge(order)


@DBOS.workflow()
def checkout(order: str) -> None:
    reserve(order)
    charge(order)


# --8<-- [start:rule]
def shut_down() -> None:
    bank.close()
    DBOS.destroy(workflow_completion_timeout_sec=10)


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        DBOS.start_workflow(checkout, "order-1")
    reserving.wait()
    shut_down()
    client = DBOSClient(system_database_url=URL)
    print("order-1 is", client.retrieve_workflow("order-1").get_status().status)
    #> order-1 is ERROR
    client.destroy()

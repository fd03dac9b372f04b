"""A queued run without a version waits for a process of the latest version."""
# expect: ok

import logging
import os

from dbos import DBOS, DBOSClient, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "WARNING",
        "application_version": version,
    }
    DBOS(config=config)
    DBOS.launch()


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


class Collector(logging.Handler):
    """Keeps what dbos warns about."""

    def emit(self, record: logging.LogRecord) -> None:
        messages.append(record.getMessage())


messages: list[str] = []

if __name__ == "__main__":
    logging.getLogger("dbos").addHandler(Collector())
    launch("1")
    DBOS.destroy()
    launch("2")
    # Only SQLite needs this: it registers versions with whole seconds.
    DBOS.set_latest_application_version("2")
    DBOS.destroy()
    launch("1")
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    client = DBOSClient(system_database_url=URL)
    # --8<-- [start:rule]
    print(messages[-1])
    #> Current version '1' is not the latest version. Latest version is '2'.
    print("latest:", DBOS.get_latest_application_version()["version_name"])
    #> latest: 2
    by_client = client.enqueue(
        {"workflow_name": "ship", "queue_name": "orders"}, "order-1"
    )
    by_worker = DBOS.enqueue_workflow("orders", ship, "order-2")
    print(by_worker.get_result(), "by version", by_worker.get_status().app_version)
    #> order-2 shipped by version 1
    waiting = by_client.get_status()
    print("order-1 is", waiting.status, "for version", waiting.app_version)
    #> order-1 is ENQUEUED for version None
    DBOS.set_latest_application_version("1")
    print(by_client.get_result(), "by version", by_client.get_status().app_version)
    #> order-1 shipped by version 1
    # --8<-- [end:rule]
    client.destroy()
    DBOS.destroy()

"""A queued run without a version waits for a process of the latest version."""
# expect: ok

import logging
import os

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

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
    return f"{order} shipped by version"


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
    # SQLite under Python 3.11 registers versions with whole seconds.
    DBOS.set_latest_application_version("2")
    DBOS.destroy()
    launch("1")
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    client = DBOSClient(system_database_url=URL)
    job: EnqueueOptions = {"workflow_name": "ship", "queue_name": "orders"}
    # --8<-- [start:rule]
    print(messages[-1])
    #> Current version '1' is not the latest version. Latest version is '2'.
    latest = DBOS.get_latest_application_version()
    print("latest:", latest["version_name"])
    #> latest: 2
    sent = client.enqueue(job, "order-1")  # By a client.
    own = DBOS.enqueue_workflow("orders", ship, "order-2")
    print(own.get_result(), own.get_status().app_version)
    #> order-2 shipped by version 1
    print("order-1", sent.get_status().status, sent.get_status().app_version)
    #> order-1 ENQUEUED None
    DBOS.set_latest_application_version("1")
    print(sent.get_result(), sent.get_status().app_version)
    #> order-1 shipped by version 1
    # --8<-- [end:rule]
    client.destroy()
    DBOS.destroy()

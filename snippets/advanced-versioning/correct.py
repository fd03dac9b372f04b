"""The old version runs until its workflows have ended, then the new one takes over."""
# expect: crash

import logging
import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
UNFINISHED = ["DELAYED", "ENQUEUED", "PENDING"]


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
        "application_version": version,
    }
    DBOS(config=config)
    DBOS.launch()


# --8<-- [start:rule]
def deploy() -> None:
    launch("1")
    while DBOS.list_workflows(app_version="1", status=UNFINISHED):
        time.sleep(0.1)
    DBOS.destroy()
    launch("2")


# --8<-- [end:rule]


@DBOS.step()
def print_label(order: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def ship(order: str) -> None:
    print_label(order)


@DBOS.workflow()
def build_report() -> None:
    pass


class Collector(logging.Handler):
    """Keeps what dbos warns about."""

    def emit(self, record: logging.LogRecord) -> None:
        messages.append(record.getMessage())


messages: list[str] = []

if __name__ == "__main__":
    logging.getLogger("dbos").addHandler(Collector())
    if not CRASHED.exists():
        launch("1")
        with SetWorkflowID("order-1"):
            ship("order-1")
    deploy()
    DBOS.register_queue("reports", polling_interval_sec=0.1)
    DBOS.enqueue_workflow("reports", build_report).get_result()
    for order in DBOS.list_workflows():
        print(order.name, "of version", order.app_version, "is", order.status)
    about = [message for message in messages if "order-1" in message]
    print("warnings about order-1:", about)
    DBOS.destroy()

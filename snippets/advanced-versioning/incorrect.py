"""The new version is launched, and the old one's workflow stays PENDING."""
# expect: crash
# differs: only the correct file waits, so only it needs time and the statuses

import logging
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


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

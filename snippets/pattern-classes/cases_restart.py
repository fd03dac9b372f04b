"""A workflow whose instance is missing at first, and has another value later."""
# expect: crash

import logging
import os
import signal
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSConfiguredInstance, SetWorkflowID

CRASHED = Path("crashed")
errors: list[str] = []
begun = threading.Event()


@DBOS.dbos_class()
class Shop(DBOSConfiguredInstance):
    """A shop with the tax of its country."""

    def __init__(self, country: str, tax: int) -> None:
        self.tax = tax
        super().__init__(config_name=country)

    @DBOS.workflow()
    def checkout(self, net: int) -> int:
        ship()
        return net + net * self.tax // 100

    @DBOS.workflow(max_recovery_attempts=1)
    def refund(self, net: int) -> None:
        wait()


@DBOS.step()
def wait() -> None:
    begun.set()
    time.sleep(60)  # The process dies before.


@DBOS.step()
def ship() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def launch() -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()


if __name__ == "__main__":
    log = logging.Handler(logging.ERROR)
    log.emit = lambda record: errors.append(record.getMessage())
    logging.getLogger("dbos").addHandler(log)
    if not CRASHED.exists():
        german = Shop("de", tax=19)
        launch()
        with SetWorkflowID("refund-1"):
            DBOS.start_workflow(german.refund, 100)
        begun.wait()
        with SetWorkflowID("order-1"):
            german.checkout(100)
    launch()
    while len(errors) < 2:
        time.sleep(0.01)
    status = DBOS.retrieve_workflow("order-1").get_status().status
    DBOS.destroy()
    Shop("de", tax=20)
    launch()
    gross = DBOS.retrieve_workflow("order-1").get_result()
    print("after a launch without the instance:", status)
    refund = DBOS.retrieve_workflow("refund-1")
    while refund.get_status().status == "PENDING":
        time.sleep(0.01)
    print("after a launch with it, and 20 instead of 19 % tax:", gross)
    print("`max_recovery_attempts=1`, after both launches:", refund.get_status().status)
    DBOS.destroy()

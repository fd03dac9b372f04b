"""The instance is made by a request, and no request comes after the restart."""
# expect: crash

import logging
import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSConfiguredInstance, SetWorkflowID

CRASHED = Path("crashed")
errors: list[str] = []


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


@DBOS.step()
def ship() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


# --8<-- [start:rule]
def handle_request(net: int) -> int:
    german = Shop("de", tax=19)
    return german.checkout(net)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    log = logging.Handler(logging.ERROR)
    log.emit = lambda record: errors.append(record.getMessage())
    logging.getLogger("dbos").addHandler(log)
    DBOS.launch()
    if not CRASHED.exists():
        with SetWorkflowID("order-1"):
            handle_request(100)
    order = DBOS.retrieve_workflow("order-1")
    while not errors and order.get_status().status != "SUCCESS":
        time.sleep(0.01)
    print(order.get_status().status, *errors, sep="\n")
    DBOS.destroy()

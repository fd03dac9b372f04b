"""A charge made outside a step happens again when the workflow is recovered."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CHARGES = Path("charges.log")
CRASHED = Path("crashed")


# --8<-- [start:rule]
def charge(order: str) -> None:
    with CHARGES.open("a") as log:
        log.write(f"{order}\n")


@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)
    ship(order)


# --8<-- [end:rule]


@DBOS.step()
def ship(order: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        checkout("order-1")
    print("charges:", CHARGES.read_text().split())
    DBOS.destroy()

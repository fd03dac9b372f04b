"""The process dies between the charge and its record, and charges again."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CHARGES = Path("charges.log")
CRASHED = Path("crashed")


def pay(order: str, key: str | None) -> None:
    """Is the gateway, and kills us when it has charged for the first time."""
    known = CHARGES.read_text().splitlines() if CHARGES.exists() else []
    entry = f"{order} {key}"
    if key is None or entry not in known:
        with CHARGES.open("a") as log:
            log.write(f"{entry}\n")
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


# --8<-- [start:rule]
@DBOS.step()
def charge(order: str) -> None:
    pay(order, key=None)


@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-7"):
        checkout("order-7")
    charged = [line.split()[0] for line in CHARGES.read_text().splitlines()]
    print("charged:", charged)
    DBOS.destroy()

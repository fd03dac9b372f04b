"""The stock is read in a step, so the recovered run takes the same branch."""
# expect: crash
# once: in_stock, reserve

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


# --8<-- [start:rule]
@DBOS.step()
def in_stock() -> bool:
    return not CRASHED.exists()  # Sold meanwhile.


@DBOS.workflow()
def fulfil(order: str) -> str:
    if in_stock():
        reserve(order)
    else:
        reorder(order)
    return ship(order)


# --8<-- [end:rule]


@DBOS.step()
def reserve(order: str) -> None:
    pass


@DBOS.step()
def reorder(order: str) -> None:
    pass


@DBOS.step()
def ship(order: str) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{order} shipped"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "fulfilment",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(fulfil("order-1"))
    DBOS.destroy()

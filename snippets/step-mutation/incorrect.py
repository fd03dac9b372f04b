"""The step changes the order, and the recovered run has the order without it."""
# expect: crash

import os
import signal
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
PRICES = {"lamp": 40, "table": 90}


@DBOS.step()
def charge(customer: str, amount: int) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{customer} paid {amount}"


# --8<-- [start:rule]
@DBOS.step()
def add_prices(order: dict[str, Any]) -> None:
    for item in order["items"]:
        order["total"] += PRICES[item]


@DBOS.workflow()
def checkout(order: dict[str, Any]) -> str:
    add_prices(order)
    return charge(order["customer"], order["total"])


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    order = {"customer": "Ada", "items": ["lamp", "table"], "total": 0}
    with SetWorkflowID("order-1"):
        print(checkout(order))
    DBOS.destroy()

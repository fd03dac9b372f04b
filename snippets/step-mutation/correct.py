"""The step returns the priced order, and the recovered run reads it."""
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
def add_prices(order: dict[str, Any]) -> dict[str, Any]:
    total = sum(PRICES[item] for item in order["items"])
    return {**order, "total": total}


@DBOS.workflow()
def checkout(order: dict[str, Any]) -> str:
    priced = add_prices(order)
    return charge(priced["customer"], priced["total"])


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

"""A step is added in front of one that a running workflow has recorded."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


# --8<-- [start:rule]
def checkout_before(order: str) -> str:  # First run.
    charge(order)
    return ship(order)


def checkout_after(order: str) -> str:  # Second run.
    check_fraud(order)
    charge(order)
    return ship(order)


# --8<-- [end:rule]


@DBOS.step()
def check_fraud(order: str) -> str:
    return f"{order} checked"


@DBOS.step()
def charge(order: str) -> str:
    return f"{order} charged"


@DBOS.step()
def ship(order: str) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{order} shipped"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
        "application_version": "checkout-1",  # One version for both deployments.
    }
    code = checkout_after if CRASHED.exists() else checkout_before
    checkout = DBOS.workflow(name="checkout")(code)
    DBOS(config=config)
    DBOS.launch()
    for order in ("order-1", "order-2"):
        with SetWorkflowID(order):
            checkout(order)
        steps = DBOS.list_workflow_steps(order)
        print(order, [step["function_name"] for step in steps])
    DBOS.destroy()

"""The step runs again too, and its key keeps the charge single."""
# expect: ok

import os
import threading
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

charging = threading.Event()
cancelled = threading.Event()
charges: list[str] = []
seen: set[str] = set()


def pay(order: str) -> None:
    charges.append(order)


def pay_once(order: str, key: str) -> None:
    """Like a gateway that takes an idempotency key."""
    if key not in seen:
        seen.add(key)
        charges.append(order)


# --8<-- [start:rule]
@DBOS.step()
def charge(order: str) -> None:
    pay_once(order, key=f"charge-{order}")
    charging.set()
    cancelled.wait()


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
    with SetWorkflowID("order-1"):
        handle = DBOS.start_workflow(checkout, "order-1")
    charging.wait()
    DBOS.cancel_workflow("order-1")
    cancelled.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        handle.get_result()
    print("recorded:", DBOS.list_workflow_steps("order-1"))
    #> recorded: []
    DBOS.resume_workflow("order-1").get_result()
    print("charges:", charges)
    #> charges: ['order-1']
    DBOS.destroy()

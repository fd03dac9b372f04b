"""Two threads, and a workflow that waits for a child and a grandchild."""
# expect: wrong
# Takes some seconds: so long, the program waits for an end that may not come.

import os
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL")


@DBOS.workflow()
def pay() -> str:
    return "paid"


@DBOS.workflow()
def checkout() -> str:
    return DBOS.start_workflow(pay).get_result()


@DBOS.workflow()
def order() -> str:
    return DBOS.start_workflow(checkout).get_result()


# --8<-- [start:rule]
def launch() -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "max_executor_threads": 2,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


# --8<-- [end:rule]


def statuses() -> str:
    """Gives the workflows some seconds to end."""
    deadline = time.monotonic() + 4
    found: list[str] = []
    while set(found) != {"SUCCESS"} and time.monotonic() < deadline:
        time.sleep(0.01)
        found = [run.status for run in DBOS.list_workflows()]
    return ", ".join(found)


if __name__ == "__main__":
    launch()
    with SetWorkflowID("order-1"):
        DBOS.start_workflow(order)
    print("order, checkout, payment:", statuses())
    #> order, checkout, payment: PENDING, PENDING, PENDING
    DBOS.destroy()

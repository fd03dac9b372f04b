"""Four orders take all four threads, and no thread is left for a payment."""
# expect: wrong
# Takes some seconds: so long, the program waits for an end that may not come.

import os
import threading
import time
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "shop",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "max_executor_threads": 4,
    "log_level": "CRITICAL",
}
all_four = threading.Barrier(4)


@DBOS.step()
def reserve() -> None:
    """Takes as long as four orders need to begin, or two seconds."""
    with suppress(threading.BrokenBarrierError):
        all_four.wait(timeout=2)


@DBOS.workflow()
def pay() -> str:
    return "paid"


@DBOS.workflow()
def order() -> str:
    reserve()
    return DBOS.start_workflow(pay).get_result()


# --8<-- [start:rule]
def register() -> None:
    DBOS.register_queue(
        "orders",
        polling_interval_sec=0.5,
    )


# --8<-- [end:rule]


def statuses() -> str:
    """Gives the orders some seconds to end."""
    deadline = time.monotonic() + 8
    found: list[str] = []
    while set(found) != {"SUCCESS"} and time.monotonic() < deadline:
        time.sleep(0.01)
        found = [run.status for run in DBOS.list_workflows(name="order")]
    return ", ".join(found)


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    register()
    for number in range(4):
        with SetWorkflowID(f"order-{number}"):
            DBOS.enqueue_workflow("orders", order)
    print("orders:", statuses())
    #> orders: PENDING, PENDING, PENDING, PENDING
    DBOS.destroy()

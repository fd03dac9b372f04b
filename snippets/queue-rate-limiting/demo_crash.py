"""A start that a crash ended is not counted, but the start after it is."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "payments",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
CALLS = Path("calls")


# --8<-- [start:rule]
def register_payments() -> None:
    DBOS.register_queue(
        "payments", limiter={"limit": 1, "period": 60.0}, polling_interval_sec=0.1
    )


@DBOS.workflow()
def pay(order: str) -> None:
    call_bank(order)


# --8<-- [end:rule]


@DBOS.step()
def call_bank(order: str) -> None:
    """Notes the time of the call; the first one ends the process."""
    crash = not CALLS.exists()
    with CALLS.open("a") as calls:
        calls.write(f"{time.time()}\n")
    if crash:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    register_payments()
    with SetWorkflowID("order-1"):
        run = DBOS.enqueue_workflow("payments", pay, "order-1")
    run.get_result()
    following = DBOS.enqueue_workflow("payments", pay, "order-2")
    time.sleep(0.5)  # Several polls.
    first, second = map(float, CALLS.read_text().split())
    print("second call 60 s after the first:", second - first >= 60)
    print("the next payment:", following.get_status().status)
    DBOS.destroy()

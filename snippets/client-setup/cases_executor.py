"""A second process launches under an executor id of its own, while a charge runs."""
# expect: ok

import os
import subprocess
import sys
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
CHARGES = Path("charges.log")


@DBOS.step()
def charge(order: str) -> None:
    with CHARGES.open("a") as log:
        log.write(f"{order}\n")
    # The bank is slow: it answers the first order after the second one came in.
    while "order-2" not in CHARGES.read_text().split():
        time.sleep(0.01)


@DBOS.workflow()
def checkout(order: str) -> str:
    charge(order)
    return f"{order} charged"


def launch(executor_id: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "executor_id": executor_id,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def web(executor_id: str) -> None:
    launch(executor_id)
    DBOS.enqueue_workflow("orders", checkout, "order-2").get_result()
    DBOS.destroy(workflow_completion_timeout_sec=5)


if __name__ == "__main__" and sys.argv[1:] == ["web"]:
    web("web-1")
elif __name__ == "__main__":
    launch("worker-1")
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    with SetWorkflowID("order-1"):
        first = DBOS.start_workflow(checkout, "order-1")
    while not CHARGES.exists():
        time.sleep(0.01)
    subprocess.run([sys.executable, __file__, "web"], check=True)
    first.get_result()
    count = CHARGES.read_text().split().count("order-1")
    print("another executor id launches during a charge:", count, "charge of order-1")
    #> another executor id launches during a charge: 1 charge of order-1
    DBOS.destroy()

"""The second process uses a client, and the running charge is left alone."""
# expect: ok

import os
import subprocess
import sys
import time
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
CHARGES = Path("charges.log")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "ERROR",
}


@DBOS.step()
def charge(order: str) -> None:
    if order == "order-2":
        time.sleep(2)  # A launch has the time to start again what it recovers.
    with CHARGES.open("a") as log:
        log.write(f"{order}\n")
    # The bank is slow: it answers the first order after the second one came in.
    while "order-2" not in CHARGES.read_text().split():
        time.sleep(0.01)


@DBOS.workflow()
def checkout(order: str) -> str:
    charge(order)
    return f"{order} charged"


# --8<-- [start:rule]
def web(order: str) -> None:
    client = DBOSClient(system_database_url=URL)
    options: EnqueueOptions = {"workflow_name": "checkout", "queue_name": "orders"}
    client.enqueue(options, order).get_result()
    client.destroy()


# --8<-- [end:rule]

if __name__ == "__main__" and sys.argv[1:] == ["web"]:
    web("order-2")
elif __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders")
    with SetWorkflowID("order-1"):
        first = DBOS.start_workflow(checkout, "order-1")
    while not CHARGES.exists():
        time.sleep(0.01)
    subprocess.run([sys.executable, __file__, "web"], check=True)
    print(first.get_result())
    #> order-1 charged
    print("charges of order-1:", CHARGES.read_text().split().count("order-1"))
    #> charges of order-1: 1
    DBOS.destroy()

"""A set has another order after the crash, and receipts go to other names."""
# expect: wrong

import os
import signal
import subprocess
import sys

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///billing.sqlite")
CUSTOMERS = {"ada", "ben", "cleo", "dan"}
seed = os.environ.get("PYTHONHASHSEED")


@DBOS.step()
def charge(customer: str) -> str:
    return f"{customer} paid"


@DBOS.step()
def close_books() -> None:
    if seed == "1":
        os.kill(os.getpid(), signal.SIGKILL)


# --8<-- [start:rule]
@DBOS.workflow()
def bill(customers: set[str]) -> dict[str, str]:
    receipts = {}
    for customer in customers:
        receipts[customer] = charge(customer)
    close_books()
    return receipts


# --8<-- [end:rule]


def launch() -> None:
    config: DBOSConfig = {
        "name": "billing",
        "system_database_url": URL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()


def run_with(hash_seed: str) -> None:
    """Runs this file as a worker. Without a fixed seed, each process has its own."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, __file__, "worker"], env=environment)


if __name__ == "__main__":
    if "worker" in sys.argv:
        launch()
        with SetWorkflowID("bills-1"):
            bill(CUSTOMERS)  # The second worker waits for the recovered run.
        DBOS.destroy()
        sys.exit()
    for hash_seed in ("1", "2"):
        run_with(hash_seed)
    launch()
    run = DBOS.retrieve_workflow("bills-1")
    receipts = dict(sorted(run.get_result().items()))
    print("status:", run.get_status().status)
    #> status: SUCCESS
    print(receipts)
    #> {'ada': 'dan paid', 'ben': 'ben paid', 'cleo': 'ada paid', 'dan': 'cleo paid'}
    DBOS.destroy()

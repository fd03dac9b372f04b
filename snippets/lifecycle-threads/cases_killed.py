"""Two threads, an order that waits for a child and a grandchild, and a SIGKILL."""
# expect: ok

import os
import signal
import subprocess
import sys
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def pay() -> str:
    return "paid"


@DBOS.workflow()
def checkout() -> str:
    return DBOS.start_workflow(pay).get_result()


@DBOS.workflow()
def order() -> str:
    return DBOS.start_workflow(checkout).get_result()


def launch(threads: int) -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "max_executor_threads": threads,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def statuses() -> list[str]:
    return [run.status for run in DBOS.list_workflows()]


def worker() -> None:
    """Gets stuck, and kills itself."""
    launch(threads=2)
    with SetWorkflowID("order-1"):
        DBOS.start_workflow(order)
    while statuses() != ["PENDING"] * 3:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__" and sys.argv[1:] == ["worker"]:
    worker()
elif __name__ == "__main__":
    subprocess.run([sys.executable, __file__, "worker"])
    launch(threads=3)
    result = DBOS.retrieve_workflow("order-1").get_result()
    print("stuck with 2 threads, killed, launched with 3:", result)
    #> stuck with 2 threads, killed, launched with 3: paid
    print("order, checkout, payment then:", ", ".join(statuses()))
    #> order, checkout, payment then: SUCCESS, SUCCESS, SUCCESS
    DBOS.destroy()

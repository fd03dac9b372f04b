"""Each worker has an executor id of its own, and a payout is paid once."""
# expect: ok
# Takes some seconds: a queue is polled two seconds after it is registered, when the
# second launch has taken over what it takes over.

import os
import subprocess
import sys
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///payouts.sqlite")
PAID = Path("paid.log")


# --8<-- [start:rule]
def launch() -> None:
    config: DBOSConfig = {
        "name": "payouts",
        "system_database_url": URL,
        "executor_id": os.environ["EXECUTOR_ID"],
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()


# --8<-- [end:rule]


@DBOS.step()
def pay(payout: str) -> None:
    with PAID.open("a") as log:
        log.write(f"{payout}\n")
    # The bank is slow: it answers the first one after the second one came in.
    while "payout-2" not in PAID.read_text().split():
        time.sleep(0.01)


@DBOS.workflow()
def pay_out(payout: str) -> str:
    pay(payout)
    return f"{payout} is paid"


if __name__ == "__main__" and sys.argv[1:] == ["second"]:
    launch()
    DBOS.register_queue("payouts", polling_interval_sec=2)
    with SetWorkflowID("payout-2"):
        DBOS.enqueue_workflow("payouts", pay_out, "payout-2").get_result()
    DBOS.destroy(workflow_completion_timeout_sec=10)
elif __name__ == "__main__":
    # Whatever starts the processes gives each of them a name.
    os.environ["EXECUTOR_ID"] = "worker-1"
    launch()
    with SetWorkflowID("payout-1"):
        DBOS.start_workflow(pay_out, "payout-1")
    while not PAID.exists():
        time.sleep(0.01)
    environment = {**os.environ, "EXECUTOR_ID": "worker-2"}
    command = [sys.executable, __file__, "second"]
    subprocess.run(command, env=environment, check=True)
    print(DBOS.retrieve_workflow("payout-1").get_result())
    #> payout-1 is paid
    print("payments of payout-1:", PAID.read_text().split().count("payout-1"))
    #> payments of payout-1: 1
    DBOS.destroy()

"""The first free name as executor id: the next start recovers the job."""
# expect: crash
# differs: only the correct file locks files

import fcntl
import os
import signal
from itertools import count
from pathlib import Path
from typing import IO

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


# --8<-- [start:rule]
held: list[IO[str]] = []  # A file keeps its lock while it is open.


def executor_id() -> str:
    """The first name that no living process here has."""
    for number in count(1):
        file = Path(f"worker-{number}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held.append(file)
            return f"worker-{number}"
        except BlockingIOError:
            file.close()
    raise RuntimeError("no name is free")


# --8<-- [end:rule]


@DBOS.step()
def pay(payout: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def pay_out(payout: str) -> None:
    pay(payout)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "payouts",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "executor_id": executor_id(),
        "log_level": "ERROR",
    }
    payout = "payout-2" if CRASHED.exists() else "payout-1"
    DBOS(config=config)
    DBOS.launch()
    # One job at a time, the oldest first: what is recovered ends before payout-2.
    DBOS.register_queue("payouts", worker_concurrency=1, polling_interval_sec=1)
    with SetWorkflowID(payout):
        DBOS.enqueue_workflow("payouts", pay_out, payout).get_result()
    for job in DBOS.list_workflows():
        print(job.workflow_id, "is", job.status)
    DBOS.destroy()

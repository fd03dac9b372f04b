"""A message that comes after the deadline, while no process runs."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///invoices.sqlite")
# Takes its time: a busy machine has to crash the process before the deadline.
PERIOD = 2.0


@DBOS.workflow()
def pay() -> str | None:
    return DBOS.recv("approval", timeout_seconds=PERIOD)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": URL,
        "log_level": "ERROR",
    }
    if CRASHED.exists():
        time.sleep(PERIOD)  # The deadline of the first run passes.
        client = DBOSClient(system_database_url=URL)
        client.send("invoice-1", "approved", topic="approval")
        client.destroy()
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("invoice-1"):
        payment = DBOS.start_workflow(pay)
    while not CRASHED.exists():
        if DBOS.list_workflow_steps("invoice-1"):  # The deadline is recorded.
            CRASHED.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    print("sent after the deadline, while nothing runs:", payment.get_result())
    DBOS.destroy()

"""A message that is sent while the process is down is received after the restart."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///invoices.sqlite")


# --8<-- [start:rule]
@DBOS.workflow()
def pay(invoice: str) -> str:
    ask_manager(invoice)
    answer = DBOS.recv("approval", timeout_seconds=10)
    return f"{invoice} {answer}"


def approve_from_outside(invoice: str) -> None:
    client = DBOSClient(system_database_url=URL)
    client.send(invoice, "approved", topic="approval")
    client.destroy()


# --8<-- [end:rule]


@DBOS.step()
def ask_manager(invoice: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    if CRASHED.exists():
        approve_from_outside("invoice-1")
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": URL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("invoice-1"):
        print(pay("invoice-1"))
    DBOS.destroy()

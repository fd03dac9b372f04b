"""The rate is read outside a step, and the recovered run reads another one."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


# --8<-- [start:rule]
def exchange_rate() -> float:
    return 1.25 if CRASHED.exists() else 1.5  # It changes.


@DBOS.step()
def charge(amount: float) -> float:
    return amount


@DBOS.workflow()
def invoice(price: float) -> str:
    amount = price * exchange_rate()
    charged = charge(amount)
    send_mail(amount)
    return f"charged {charged}, invoiced {amount}"


# --8<-- [end:rule]


@DBOS.step()
def send_mail(amount: float) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("invoice-1"):
        print(invoice(100.0))
    DBOS.destroy()

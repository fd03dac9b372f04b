"""The reason is an argument of the error, which is recorded."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


class PaymentError(Exception):
    """The bank has not paid."""


def ask_bank(order: str) -> None:
    raise TimeoutError("the bank is slow")


@DBOS.step()
def hold(order: str) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{order} is on hold"


@DBOS.step()
def drop(order: str) -> str:
    return f"{order} is dropped"


# --8<-- [start:rule]
@DBOS.step()
def charge(order: str) -> None:
    try:
        ask_bank(order)
    except TimeoutError as cause:
        raise PaymentError("timeout") from cause


@DBOS.workflow()
def checkout(order: str) -> str:
    try:
        charge(order)
    except PaymentError as failure:
        if failure.args == ("timeout",):
            return hold(order)
        return drop(order)
    return f"{order} is paid"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(DBOS.start_workflow(checkout, "order-1").get_result())
    DBOS.destroy()

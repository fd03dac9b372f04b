"""The recorded error cannot be rebuilt, so the recovered workflow misses it."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


# --8<-- [start:rule]
class RefusedError(Exception):
    """The bank says no."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code


# --8<-- [end:rule]


@DBOS.step()
def charge(order: str) -> None:
    raise RefusedError(51, "no funds")


# --8<-- [start:workflow]
@DBOS.workflow()
def checkout(order: str) -> str:
    try:
        charge(order)
    except RefusedError as error:
        release_stock(order)
        return f"{order} refused with code {error.code}"
    return f"{order} charged"


# --8<-- [end:workflow]


@DBOS.step()
def release_stock(order: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(checkout("order-1"))
    DBOS.destroy()

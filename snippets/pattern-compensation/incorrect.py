"""The undos are plain calls, and those made before the crash are made again."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CANCELLED = Path("cancelled.log")
CRASHED = Path("crashed")


@DBOS.step()
def book(what: str) -> None:
    if what == "car":
        raise LookupError("no car left")


# --8<-- [start:rule]
def cancel(what: str) -> None:
    send_cancellation(what)


@DBOS.workflow()
def book_trip() -> str:
    to_cancel: list[str] = []
    try:
        for what in ["flight", "hotel", "car"]:
            to_cancel.append(what)
            book(what)
    except Exception as failure:
        for what in reversed(to_cancel):
            cancel(what)
        return f"not booked: {failure}"
    return "booked"


# --8<-- [end:rule]


def send_cancellation(what: str) -> None:
    """Kills the process before the last one."""
    if what == "flight" and not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    with CANCELLED.open("a") as log:
        log.write(f"{what}\n")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "trips",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("trip-1"):
        result = book_trip()
    print("result:", result)
    print("cancelled:", CANCELLED.read_text().split())
    DBOS.destroy()

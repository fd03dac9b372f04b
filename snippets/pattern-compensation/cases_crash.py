"""What the second run undoes when the process dies after the effect of an undo."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CANCELLED = Path("cancelled.log")
CRASHED = Path("crashed")


@DBOS.step()
async def book(what: str) -> None:
    if what == "car":
        raise LookupError("no car left")


@DBOS.step()
async def cancel(what: str) -> None:
    with CANCELLED.open("a") as log:
        log.write(f"{DBOS.workflow_id}-{DBOS.step_id} {what}\n")
    if what == "hotel" and not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
async def book_trip() -> str:
    to_cancel: list[str] = []
    try:
        for what in ["flight", "hotel", "car"]:
            to_cancel.append(what)
            await book(what)
    except Exception:
        for what in reversed(to_cancel):
            await cancel(what)
        raise
    return "booked"


def outcome() -> str:
    with SetWorkflowID("trip-1"):
        try:
            return str(DBOS.start_workflow(book_trip).get_result())
        except LookupError as failure:
            return f"{type(failure).__name__}, {failure}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "trips",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    result = outcome()
    undone = [line.split() for line in CANCELLED.read_text().splitlines()]
    names = ", ".join(what for _, what in undone)
    print("async undos of both runs, killed after the second:", names)
    hotel = " and ".join(key for key, what in undone if what == "hotel")
    print("workflow id and step of the one made twice:", hotel)
    print("raises again after its undos, what the caller gets:", result)
    print("a second start under its id, what it gets:", outcome())
    again = len(CANCELLED.read_text().splitlines()) - len(undone)
    print("a second start under its id, new undos:", again)
    DBOS.destroy()

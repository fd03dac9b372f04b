"""The remaining time comes from the clock, and is gone after a crash."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

CRASHED = Path("crashed")
DUE = Path("due")


# --8<-- [start:rule]
@DBOS.workflow()
def remind(order: str, due: float) -> str:
    DBOS.sleep(max(0, due - time.time()))
    return send_reminder(order)


# --8<-- [end:rule]


@DBOS.step()
def send_reminder(order: str) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{order} is reminded"


def moment_due() -> float:
    """The moment that the first run has chosen."""
    if not DUE.exists():
        DUE.write_text(str(time.time() + 1.0))
    return float(DUE.read_text())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reminders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        reminder = DBOS.start_workflow(remind, "order-1", moment_due())
    try:
        print(reminder.get_result())
    except error.DBOSUnexpectedStepError as problem:
        print(problem)
    DBOS.destroy()

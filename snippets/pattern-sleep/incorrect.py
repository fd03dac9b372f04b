"""An ordinary sleep starts over after a crash."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

PERIOD = 0.8
CRASHED = Path("crashed")
moments: list[float] = []


# --8<-- [start:rule]
@DBOS.workflow()
def remind(order: str) -> None:
    log(f"{order}: waiting")
    time.sleep(PERIOD)
    log(f"{order}: reminding")
    send_reminder(order)


# --8<-- [end:rule]


def log(line: str) -> None:
    moments.append(time.monotonic())


@DBOS.step()
def send_reminder(order: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reminders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        remind("order-1")
    began, ended = moments
    print("second run waits for the whole period again:", ended - began >= PERIOD)
    DBOS.destroy()

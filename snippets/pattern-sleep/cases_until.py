"""A crash between the step that works out the remaining time and the sleep."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

# Takes some five seconds: the waits are long enough for a busy machine to tell.
PERIOD = 2.0
CRASHED = Path("crashed")


@DBOS.step()
def seconds_until(due: float) -> float:
    return max(0.0, due - time.time())


@DBOS.step()
def crash_once() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def remind(due: float) -> None:
    remaining = seconds_until(due)
    crash_once()
    DBOS.sleep(remaining)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reminders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    if CRASHED.exists():
        time.sleep(PERIOD)  # The moment passes.
    began = time.monotonic()
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("reminder-1"):
        remind(time.time() + PERIOD)
    waited = time.monotonic() - began >= PERIOD / 2
    print("moment over, crash before the sleep, waited again:", waited)
    DBOS.destroy()

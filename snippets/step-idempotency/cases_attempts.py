"""How many attempts a step makes when its process dies in the second of three."""
# expect: crash

import os
import signal
from contextlib import suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

CRASHED = Path("crashed")
ATTEMPTS = Path("attempts.log")
FIRST = not CRASHED.exists()


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0)
def ask() -> None:
    status = DBOS.step_status
    number = status.current_attempt if status else None
    with ATTEMPTS.open("a") as log:
        log.write(f"{1 if FIRST else 2} {number} {DBOS.workflow_id}-{DBOS.step_id}\n")
    if FIRST and number == 1:
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    raise ConnectionError("gateway timeout")


@DBOS.workflow()
def offer() -> None:
    ask()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "offers",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("offer-1"), suppress(error.DBOSMaxStepRetriesExceeded):
        offer()
    lines = [line.split() for line in ATTEMPTS.read_text().splitlines()]
    runs = "".join(run for run, _, _ in lines)
    counts = f"{runs.count('1')} in the first run, {runs.count('2')} in the second"
    print("attempts, with `max_attempts=3`:", counts)
    numbers = ", ".join(number for _, number, _ in lines)
    print("`current_attempt` of `DBOS.step_status`:", numbers)
    print("the keys of all attempts:", " and ".join({key: None for _, _, key in lines}))
    DBOS.destroy()

"""How many attempts an async step makes when its process dies in the second one."""
# expect: crash

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

CRASHED = Path("crashed")
ATTEMPTS = Path("attempts.log")
FIRST = not CRASHED.exists()


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0)
async def ask() -> None:
    status = DBOS.step_status
    number = status.current_attempt if status else None
    with ATTEMPTS.open("a") as log:
        log.write(f"{1 if FIRST else 2} {number} {DBOS.workflow_id}-{DBOS.step_id}\n")
    if FIRST and number == 1:
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    raise ConnectionError("gateway timeout")


@DBOS.workflow()
async def offer() -> None:
    await ask()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "offers",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("offer-1"), suppress(error.DBOSMaxStepRetriesExceeded):
        asyncio.run(offer())
    lines = [line.split() for line in ATTEMPTS.read_text().splitlines()]
    runs = "".join(run for run, _, _ in lines)
    counts = f"{runs.count('1')} in the first run, {runs.count('2')} in the second"
    print("attempts of an async step:", counts)
    DBOS.destroy()

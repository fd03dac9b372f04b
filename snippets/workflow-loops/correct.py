"""A schedule begins each turn, and the latest version takes it."""
# expect: crash
# differs: a schedule needs other imports

import os
import signal
import time
from datetime import datetime
from pathlib import Path

from dbos import DBOS, DBOSConfig

DEPLOYED = Path("deployed")
VERSION = "2" if DEPLOYED.exists() else "1"
turns: list[int] = []


@DBOS.step()
def read_feed() -> None:
    if VERSION == "1":  # The deploy ends this process.
        DEPLOYED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    turns.append(1)


# --8<-- [start:rule]
@DBOS.workflow()
def watch(_time: datetime, _context: object) -> None:
    read_feed()


def begin() -> None:
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "watch",
                "workflow_fn": watch,
                "schedule": "0 6 * * *",
                "context": None,
            }
        ]
    )
    DBOS.trigger_schedule("watch")  # Instead of a wait for the morning.


# --8<-- [end:rule]


def await_turn() -> None:
    """Version 2 waits two seconds for a turn if all runs are those of version 1."""
    found = {run.app_version for run in DBOS.list_workflows()}
    is_left = VERSION == "2" and found == {"1"}
    end = time.monotonic() + (2 if is_left else 60)
    while not turns and time.monotonic() < end:
        time.sleep(0.01)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "feeds",
        "application_version": VERSION,
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    time.sleep(1.1)  # SQLite under Python 3.11 registers versions by the second.
    DBOS.launch()
    begin()
    await_turn()
    print(f"turns by version {VERSION}:", len(turns))
    DBOS.destroy(workflow_completion_timeout_sec=10)

"""How soon a schedule is noticed, at the start of a process and later."""
# expect: ok

import os
import time
from datetime import datetime

from dbos import DBOS, DBOSConfig, _scheduler

# Takes some ten seconds: what does not happen has to be waited for.


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> None:
    pass


def start() -> None:
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "scheduler_polling_interval_sec": 30,  # The default.
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()


def fires(name: str, seconds: float) -> str:
    time.sleep(1.5)  # The first look at the schedules is over.
    DBOS.apply_schedules(
        [{"schedule_name": name, "workflow_fn": report, "schedule": "* * * * * *"}]
    )
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if DBOS.list_workflows(schedule_name=name):
            return f"within {seconds:.0f} seconds"
        time.sleep(0.05)
    return f"not within {seconds:.0f} seconds"


if __name__ == "__main__":
    start()
    early = fires("early", 20)
    DBOS.destroy()
    # Stands for a process that has run for a minute.
    _scheduler._STARTUP_FAST_POLL_DURATION_SEC = 0.0
    start()
    late = fires("late", 5)
    print("each second, applied in the first minute of a process:", early)
    #> each second, applied in the first minute of a process: within 20 seconds
    print("each second, applied later:", late)
    #> each second, applied later: not within 5 seconds
    DBOS.destroy()

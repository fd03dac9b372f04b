"""A changed entry that is applied during the delay of a run."""
# expect: ok

import os
import random
import time
from datetime import datetime

from dbos import DBOS, DBOSConfig, ScheduleInput

# Takes some ten seconds: scheduled times have to pass.
PERIOD = 2
delay = 0.0


def uniform(a: float, b: float) -> float:
    """DBOS draws the delay of a run here."""
    return delay


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> None:
    pass


def apply(context: str) -> None:
    entry = ScheduleInput(
        schedule_name="report", workflow_fn=report, schedule=f"*/{PERIOD} * * * * *"
    )
    entry["context"] = context
    entry["automatic_backfill"] = True
    DBOS.apply_schedules([entry])


def times() -> list[int]:
    ids = [run.workflow_id for run in DBOS.list_workflows(schedule_name="report")]
    moments = [workflow_id.removeprefix("sched-report-") for workflow_id in ids]
    return sorted(int(datetime.fromisoformat(m).timestamp()) for m in moments)


def wait_for_runs(number: int) -> None:
    while len(times()) < number:
        time.sleep(0.05)


def missed() -> str:
    seen = times()
    expected = (seen[-1] - seen[0]) // PERIOD + 1
    return "left out" if len(seen) < expected else "made up"


if __name__ == "__main__":
    random.uniform = uniform
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    apply("old")
    wait_for_runs(2)
    delay = 10.0
    time.sleep(2 * PERIOD + 0.5)  # A scheduled time passes, but not its delay.
    before = len(times())
    delay = 0.0
    apply("new")
    wait_for_runs(before + 2)
    print("a changed entry during a delay, `automatic_backfill`:", missed())
    #> a changed entry during a delay, `automatic_backfill`: left out
    DBOS.destroy()

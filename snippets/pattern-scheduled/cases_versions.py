"""The time that a triggered run takes, and the version that runs go to."""
# expect: ok

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSConfig, ScheduleInput, WorkflowHandle


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> None:
    pass


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "reports",
        "application_version": version,
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def apply(name: str, cron: str) -> None:
    entry = ScheduleInput(schedule_name=name, workflow_fn=report, schedule=cron)
    entry["cron_timezone"] = "Europe/Berlin"
    DBOS.apply_schedules([entry])


def zone(run: WorkflowHandle[Any]) -> str:
    run.get_result()
    given = run.get_status().input
    return str(given["args"][0].tzinfo) if given else "none"


def state(run: WorkflowHandle[Any]) -> str:
    status = run.get_status()
    return f"{status.status}, version {status.app_version}"


def first_run(name: str) -> WorkflowHandle[Any]:
    while not (runs := DBOS.list_workflows(schedule_name=name)):
        time.sleep(0.05)
    return DBOS.retrieve_workflow(runs[0].workflow_id)


if __name__ == "__main__":
    launch("1")
    DBOS.destroy()
    time.sleep(1.1)  # SQLite can date a version in whole seconds.
    launch("2")
    apply("daily", "0 9 * * *")
    triggered = DBOS.trigger_schedule("daily")
    print("the zone of a triggered run, for a schedule in Berlin:", zone(triggered))
    #> the zone of a triggered run, for a schedule in Berlin: UTC
    day = datetime(2026, 3, 28, tzinfo=UTC)
    runs = DBOS.backfill_schedule("daily", day, day + timedelta(days=1))
    print("the zone of a run by `backfill_schedule`:", zone(runs[0]))
    #> the zone of a run by `backfill_schedule`: Europe/Berlin
    DBOS.destroy()
    launch("1")
    apply("each-second", "* * * * * *")
    live = first_run("each-second")
    for _ in range(2):  # Forks for version 1 run on the same queue.
        fork = DBOS.fork_workflow(triggered.workflow_id, 1, application_version="1")
        fork.get_result()
    print("a run after a roll-back to version 1:", state(live))
    #> a run after a roll-back to version 1: ENQUEUED, version 2
    DBOS.delete_schedule("each-second")
    DBOS.destroy()

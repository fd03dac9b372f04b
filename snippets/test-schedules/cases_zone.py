"""Which zone a time without one is in, and which version a triggered run is for."""
# expect: ok

import asyncio
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSConfig, ScheduleInput, WorkflowHandle, error


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> str:
    return str(scheduled_time.tzinfo)


@DBOS.workflow()
async def report_async(scheduled_time: datetime, context: object) -> str:
    return "report"


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "application_version": version,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def apply(name: str, cron: str, workflow: Callable[..., Any], zone: str) -> None:
    entry = ScheduleInput(schedule_name=name, workflow_fn=workflow, schedule=cron)
    DBOS.apply_schedules([entry | {"cron_timezone": zone}])


def runs_around(hour: int) -> list[str]:
    """The zones of the runs in a window of two minutes without a zone."""
    middle, minute = datetime(2028, 2, 29, hour), timedelta(minutes=1)
    handles = DBOS.backfill_schedule("daily", middle - minute, middle + minute)
    return [str(handle.get_result()) for handle in handles]


def version_of_run() -> str | None:
    DBOS.destroy()
    launch("2")
    DBOS.set_latest_application_version("2")
    DBOS.destroy()
    launch("1")
    run = DBOS.trigger_schedule("daily").get_status()
    DBOS.set_latest_application_version("1")
    return run.app_version


def cancel_later(workflow_id: str) -> None:
    """A second after the run has left its queue."""
    run: WorkflowHandle[None] = DBOS.retrieve_workflow(workflow_id)
    while run.get_status().status == "ENQUEUED":
        time.sleep(0.05)
    time.sleep(1)
    DBOS.cancel_workflow(workflow_id)


def awaited() -> str:
    launch("1")
    handle = DBOS.trigger_schedule("async")
    threading.Thread(target=cancel_later, args=[handle.workflow_id]).start()
    try:
        return str(handle.get_result())
    except error.DBOSAwaitedWorkflowCancelledError:
        return "waits until it is cancelled"


async def in_the_loop() -> str:
    return awaited()


if __name__ == "__main__":
    launch("1")
    apply("daily", "0 9 * * *", report, "Europe/Berlin")
    apply("async", "0 9 1 1 *", report_async, "UTC")
    zone = DBOS.trigger_schedule("daily").get_result()
    print("due at nine in Berlin, triggered, its zone:", zone)
    #> due at nine in Berlin, triggered, its zone: UTC
    print("the same, window around nine without a zone:", runs_around(9))
    #> the same, window around nine without a zone: []
    print("the same, window around eight without a zone:", runs_around(8))
    #> the same, window around eight without a zone: ['Europe/Berlin']
    print("triggered by 1, the latest is 2, version of the run:", version_of_run())
    #> triggered by 1, the latest is 2, version of the run: 2
    DBOS.destroy()
    print("awaited in the loop of an async run:", asyncio.run(in_the_loop()))
    #> awaited in the loop of an async run: waits until it is cancelled
    DBOS.destroy()

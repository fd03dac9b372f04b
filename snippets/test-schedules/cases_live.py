"""Schedules that fire while a test runs, and triggers in an event loop."""
# expect: ok
# Takes some seconds: scheduled times have to pass.

import asyncio
import os
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSConfig, ScheduleInput


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> str:
    return f"{scheduled_time:%d %B}"


@DBOS.workflow()
async def report_async(scheduled_time: datetime, context: object) -> str:
    await DBOS.sleep_async(0.01)
    return "report"


async def triggered() -> Any:
    handle = await asyncio.to_thread(DBOS.trigger_schedule, "async")
    return await asyncio.to_thread(handle.get_result)


def apply(name: str, cron: str, workflow: Callable[..., Any] = report) -> None:
    entry = ScheduleInput(schedule_name=name, workflow_fn=workflow, schedule=cron)
    DBOS.apply_schedules([entry])


def fired(name: str) -> int:
    return len(DBOS.list_workflows(schedule_name=name))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    apply("paused", "0 9 1 1 *")
    DBOS.pause_schedule("paused")
    apply("paused", "* * * * * *")
    apply("live", "* * * * * *")
    while fired("live") < 2:
        time.sleep(0.05)
    DBOS.delete_schedule("live")
    print("each second, in a test without a trigger:", "fires", fired("live") > 0)
    #> each second, in a test without a trigger: fires True
    print("each second, paused before:", "fires", fired("paused") > 0)
    #> each second, paused before: fires False
    apply("async", "0 9 1 1 *", report_async)
    print("triggered in a thread of an async test:", asyncio.run(triggered()))
    #> triggered in a thread of an async test: report
    has = hasattr(DBOS, "trigger_schedule_async")
    print("there is a `DBOS.trigger_schedule_async`:", has)
    #> there is a `DBOS.trigger_schedule_async`: False
    DBOS.destroy()

"""Which runs a test gets by hand, by a trigger and for a window of time."""
# expect: ok

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, ScheduleInput, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
NINE = datetime(2028, 2, 29, 9, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
ran: list[str] = []


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> str:
    ran.append(str(context))
    return f"report for {context}"


@DBOS.workflow()
def broken(scheduled_time: datetime, context: object) -> None:
    raise LookupError


@DBOS.step()
def trigger_in_step() -> str:
    return DBOS.trigger_schedule("daily").workflow_id


@DBOS.workflow()
def trigger_in_workflow(in_step: bool) -> str:
    if in_step:
        return str(DBOS.retrieve_workflow(trigger_in_step()).get_result())
    return DBOS.trigger_schedule("daily").workflow_id


def apply(name: str, cron: str, workflow: Callable[..., Any] = report) -> None:
    entry = ScheduleInput(schedule_name=name, workflow_fn=workflow, schedule=cron)
    DBOS.apply_schedules([entry])


def outcome(call: Callable[[], Any]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def triggered(name: str) -> str:
    return outcome(lambda: DBOS.trigger_schedule(name).get_result())


def runs(start: datetime, end: datetime, name: str = "daily") -> int:
    """How many runs a window has; they have ended."""
    handles = DBOS.backfill_schedule(name, start, end)
    return len([handle.get_result() for handle in handles])


def other_id() -> bool:
    with SetWorkflowID("report-1"):
        return DBOS.trigger_schedule("daily").workflow_id == "report-1"


def by_client() -> Any:
    client = DBOSClient(system_database_url=URL)
    try:
        return client.trigger_schedule("daily").get_result()
    finally:
        client.destroy()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    apply("daily", "0 9 * * *")
    apply("broken", "0 9 * * *", broken)
    apply("hourly", "0 * * * *")
    print("called by hand, for an entry without its context:", report(NINE, "sales"))
    #> called by hand, for an entry without its context: report for sales
    print("that entry, triggered:", triggered("daily"))
    #> that entry, triggered: report for None
    print("triggered by a client:", by_client())
    #> triggered by a client: report for None
    print("triggered, the workflow raises `LookupError`:", triggered("broken"))
    #> triggered, the workflow raises `LookupError`: LookupError
    print("triggered, no schedule has the name:", triggered("weekly"))
    #> triggered, no schedule has the name: DBOSException
    print("triggered in a workflow:", outcome(lambda: trigger_in_workflow(False)))
    #> triggered in a workflow: DBOSException
    print("triggered in a step:", outcome(lambda: trigger_in_workflow(True)))
    #> triggered in a step: report for None
    print("a triggered run has the id of `SetWorkflowID`:", other_id())
    #> a triggered run has the id of `SetWorkflowID`: False
    print("a window that begins at the scheduled time:", runs(NINE, NINE + SECOND))
    #> a window that begins at the scheduled time: 0
    print("a window that ends at the scheduled time:", runs(NINE - SECOND, NINE))
    #> a window that ends at the scheduled time: 0
    window = NINE - SECOND, NINE + SECOND
    print("a window around the scheduled time:", runs(*window))
    #> a window around the scheduled time: 1
    ran.clear()
    print("that window again:", f"{runs(*window)} run, the body runs {len(ran)} times")
    #> that window again: 1 run, the body runs 0 times
    DBOS.pause_schedule("daily")
    print("a paused schedule, triggered:", triggered("daily"))
    #> a paused schedule, triggered: report for None
    print("a window of a paused schedule:", runs(NINE + SECOND, NINE + 2 * DAY))
    #> a window of a paused schedule: 1
    print("each hour, a window of a day:", runs(NINE, NINE + DAY, "hourly"))
    #> each hour, a window of a day: 23
    DBOS.destroy()

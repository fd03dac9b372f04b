"""What a schedule does, case by case."""
# expect: ok

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dbos import DBOS, DBOSClient, DBOSConfig, ScheduleInput, WorkflowHandle

Run = WorkflowHandle[None]
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> None:
    pass


def entry(
    name: str, cron: str, zone: str | None = None, queue: str | None = None
) -> ScheduleInput:
    return ScheduleInput(
        schedule_name=name,
        workflow_fn=report,
        schedule=cron,
        context={"of": "sales"},
        cron_timezone=zone,
        queue_name=queue,
    )


def runs(name: str, cron: str, zone: str | None, day: int, month: int) -> list[Run]:
    DBOS.apply_schedules([entry(name, cron, zone)])
    start = datetime(2026, month, day, tzinfo=UTC)
    return DBOS.backfill_schedule(name, start, start + timedelta(days=1))


def times(runs: list[Run]) -> str:
    inputs = [run.get_status().input for run in runs]
    return "; ".join(f"{given['args'][0]:%H:%M:%S %Z}" for given in inputs if given)


def show(name: str) -> str:
    found = DBOS.get_schedule(name)
    assert found is not None
    return (
        f"{found['status']}, zone {found['cron_timezone']}, context {found['context']}"
    )


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as problem:
        return str(problem).split(": ", 1)[1]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    unlaunched = outcome(lambda: DBOS.apply_schedules([]))
    DBOS.launch()
    first = runs("first", "30 9 * * *", None, 28, 3)
    again = runs("first", "30 9 * * *", None, 28, 3)
    spring = runs("spring", "30 2 * * *", "Europe/Berlin", 29, 3)
    autumn = runs("autumn", "30 2 * * *", "Europe/Berlin", 25, 10)
    six = runs("six", "*/20 30 9 * * *", None, 28, 3)
    DBOS.apply_schedules([entry("other", "0 9 * * *")])
    print("a schedule taken off the list:", show("first"))
    #> a schedule taken off the list: ACTIVE, zone None, context {'of': 'sales'}
    DBOS.apply_schedules(
        [{"schedule_name": "spring", "workflow_fn": report, "schedule": "0 9 * * *"}]
    )
    DBOS.pause_schedule("first")
    paused = DBOS.trigger_schedule("first")
    paused.get_result()
    client = DBOSClient(system_database_url=URL)
    client.create_schedule(
        schedule_name="gone", workflow_name="old_report", schedule="0 9 * * *"
    )
    gone = DBOS.trigger_schedule("gone")
    while gone.get_status().status == "ENQUEUED":
        time.sleep(0.01)
    DBOS.register_queue("by-customer", partition_concurrency=1)
    DBOS.register_queue("plain")
    for queue in ("by-customer", "plain"):
        DBOS.apply_schedules([entry(queue, "0 9 * * *", queue=queue)])
    stuck = DBOS.trigger_schedule("by-customer")
    DBOS.trigger_schedule("plain").get_result()  # That queue is worked on.
    print("applied before the launch:", unlaunched)
    #> applied before the launch: System database accessed before DBOS was launched
    print("the id of a run:", first[0].workflow_id)
    #> the id of a run: sched-first-2026-03-28T09:30:00+00:00
    print(
        "one time enqueued twice:",
        len({run.workflow_id for run in first + again}),
        "run",
    )
    #> one time enqueued twice: 1 run
    print("`30 2 * * *` in Berlin, when summer time begins:", times(spring))
    #> `30 2 * * *` in Berlin, when summer time begins: 03:00:00 CEST
    print("`30 2 * * *` in Berlin, when summer time ends:", times(autumn))
    #> `30 2 * * *` in Berlin, when summer time ends: 02:30:00 CEST; 02:30:00 CET
    print("`*/20 30 9 * * *`, with six fields:", times(six))
    #> `*/20 30 9 * * *`, with six fields: 09:30:00 UTC; 09:30:20 UTC; 09:30:40 UTC
    print("applied again without its zone and context:", show("spring"))
    #> applied again without its zone and context: ACTIVE, zone None, context None
    print("a paused schedule, triggered:", paused.get_status().status)
    #> a paused schedule, triggered: SUCCESS
    print("a run whose workflow no process has:", gone.get_status().status)
    #> a run whose workflow no process has: PENDING
    print("a run on a partitioned queue:", stuck.get_status().status)
    #> a run on a partitioned queue: ENQUEUED
    client.destroy()
    DBOS.destroy()

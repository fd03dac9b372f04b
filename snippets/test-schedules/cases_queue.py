"""What a run returns, on which queue it stands, and a window in the future."""
# expect: ok
# types: bad-argument-type - the types allow a scheduled workflow no result

import os
from datetime import UTC, datetime, timedelta

from dbos import DBOS, DBOSConfig, ScheduleInput

DAY = timedelta(days=1)


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> datetime:
    return scheduled_time


def when(returned: object) -> str:
    assert isinstance(returned, datetime)
    return "a time to come" if returned > datetime.now(UTC) else "a time that is over"


def apply(name: str, queue_name: str | None = None) -> None:
    entry = ScheduleInput(
        schedule_name=name,
        workflow_fn=report,
        schedule="0 9 * * *",
        queue_name=queue_name,
    )
    DBOS.apply_schedules([entry])


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", polling_interval_sec=0.1)
    apply("daily")
    apply("queued", queue_name="reports")
    plain = DBOS.trigger_schedule("daily")
    returned = when(plain.get_result())
    print("what the workflow returned, by the trigger's handle:", returned)
    #> what the workflow returned, by the trigger's handle: a time that is over
    print("the queue of that run:", plain.get_status().queue_name)
    #> the queue of that run: _dbos_internal_queue
    queued = DBOS.trigger_schedule("queued")
    print("triggered, with a `queue_name`:", queued.get_status().queue_name)
    #> triggered, with a `queue_name`: reports
    start = datetime.now(UTC) + 30 * DAY
    run = DBOS.backfill_schedule("queued", start, start + DAY)[0]
    print("a window in a month, its run ends today:", when(run.get_result()))
    #> a window in a month, its run ends today: a time to come
    print("that run, with a `queue_name`:", run.get_status().queue_name)
    #> that run, with a `queue_name`: reports
    DBOS.destroy()

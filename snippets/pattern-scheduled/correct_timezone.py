"""With a time zone, the report is made at nine in Berlin all year."""
# expect: ok

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "reports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}

reports: list[str] = []


@DBOS.step()
def make_report(title: str) -> None:
    reports.append(title)


@DBOS.workflow()
def daily_report(scheduled_time: datetime, context: None) -> None:
    local = scheduled_time.astimezone(ZoneInfo("Europe/Berlin"))
    make_report(local.strftime("%d %B, %H:%M"))


# --8<-- [start:rule]
def schedule_reports() -> None:
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "daily-report",
                "workflow_fn": daily_report,
                "schedule": "0 9 * * *",
                "cron_timezone": "Europe/Berlin",
            }
        ]
    )


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    schedule_reports()
    # Summer time begins on 29 March.
    start, end = datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)
    for run in DBOS.backfill_schedule("daily-report", start, end):
        run.get_result()
    print("in Berlin:", sorted(reports))
    #> in Berlin: ['28 March, 09:00', '29 March, 09:00']
    DBOS.destroy()

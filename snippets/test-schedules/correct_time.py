"""The test makes up for the one time that lies between two moments."""
# expect: ok

import os
from datetime import UTC, datetime, timedelta

from dbos import DBOS, DBOSConfig

reports: list[str] = []


@DBOS.step()
def send(text: str) -> None:
    reports.append(text)


@DBOS.workflow()
def daily_report(scheduled_time: datetime, context: None) -> None:
    send(scheduled_time.strftime("report of %d %B, %H:%M"))


def apply_schedules() -> None:
    """The application calls it after each launch."""
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


# --8<-- [start:rule]
def test_leap_day() -> None:
    apply_schedules()
    start = datetime(2028, 2, 29, tzinfo=UTC)
    end = start + timedelta(days=1)
    [run] = DBOS.backfill_schedule("daily-report", start, end)
    run.get_result()
    assert reports == ["report of 29 February, 09:00"]


# --8<-- [end:rule]


def outcome() -> str:
    try:
        test_leap_day()
    except AssertionError:
        return "failed"
    return "passed"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("test_leap_day:", outcome())
    #> test_leap_day: passed
    DBOS.destroy()

"""The test waits for a time that does not come."""
# expect: wrong
# differs: only the waiting one needs the time module

import os
import time
from datetime import datetime

from dbos import DBOS, DBOSConfig

reports: list[str] = []


@DBOS.step()
def send(text: str) -> None:
    reports.append(text)


@DBOS.workflow()
def yearly_report(scheduled_time: datetime, context: str) -> None:
    send(f"report for {context}")


def apply_schedules() -> None:
    """The application calls it after each launch."""
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "yearly-report",
                "workflow_fn": yearly_report,
                "schedule": "0 9 1 1 *",
                "context": "sales",
            }
        ]
    )


# --8<-- [start:rule]
def test_report() -> None:
    apply_schedules()
    time.sleep(1)
    assert reports == ["report for sales"]


# --8<-- [end:rule]


def outcome() -> str:
    try:
        test_report()
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
    print("test_report:", outcome())
    #> test_report: failed
    DBOS.destroy()

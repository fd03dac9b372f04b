"""A workflow of one argument is accepted, and fails when it fires."""
# expect: raises TypeError
# types: bad-assignment - the wrong way is a workflow of the wrong form

import os
from datetime import datetime

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


# --8<-- [start:rule]
@DBOS.workflow()
def daily_report(scheduled_time: datetime) -> None:
    make_report("daily report")


def main() -> None:
    DBOS.launch()
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "daily-report",
                "workflow_fn": daily_report,
                "schedule": "0 9 * * *",
            }
        ]
    )
    DBOS.trigger_schedule("daily-report").get_result()


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    main()
    print(reports)
    DBOS.destroy()

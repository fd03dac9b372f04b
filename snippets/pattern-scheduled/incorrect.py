"""The 2.x decorator of a schedule is gone."""
# expect: raises AttributeError
# types: missing-attribute - the wrong way is an attribute that dbos 3 lacks

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
@DBOS.scheduled("0 9 * * *")
@DBOS.workflow()
def daily_report(scheduled_time: datetime, actual_time: datetime) -> None:
    make_report("daily report")


def main() -> None:
    DBOS.launch()


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    main()
    print(reports)
    DBOS.destroy()

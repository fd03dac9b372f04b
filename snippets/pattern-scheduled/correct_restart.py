"""Each start replaces what an earlier one has applied."""
# expect: ok

import os
from datetime import datetime

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "reports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@DBOS.workflow()
def daily_report(scheduled_time: datetime, context: None) -> None:
    pass


# --8<-- [start:rule]
def start(cron: str) -> None:
    DBOS(config=config)
    DBOS.launch()
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "daily-report",
                "workflow_fn": daily_report,
                "schedule": cron,
            }
        ]
    )


# --8<-- [end:rule]

if __name__ == "__main__":
    start("0 9 * * *")
    DBOS.destroy()
    start("30 9 * * *")
    print([entry["schedule"] for entry in DBOS.list_schedules()])
    #> ['30 9 * * *']
    DBOS.destroy()

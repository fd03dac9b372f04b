"""A paused schedule is applied again, and stays paused."""
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


def deploy(cron: str) -> None:
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "daily-report",
                "workflow_fn": daily_report,
                "schedule": cron,
            }
        ]
    )


# --8<-- [start:rule]
def show() -> str:
    schedule = DBOS.get_schedule("daily-report")
    assert schedule is not None
    return f"{schedule['schedule']} is {schedule['status']}"


def main() -> list[str]:
    deploy("0 9 * * *")
    DBOS.pause_schedule("daily-report")
    deploy("30 9 * * *")
    after_deploy = show()
    DBOS.resume_schedule("daily-report")
    return [after_deploy, show()]


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    print(main())
    #> ['30 9 * * * is PAUSED', '30 9 * * * is ACTIVE']
    DBOS.destroy()

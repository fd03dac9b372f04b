"""The schedule is applied after the launch."""
# expect: ok

import os
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "reports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
@DBOS.workflow()
def nightly(scheduled: datetime, context: Any) -> None:
    pass


def main() -> list[str]:
    DBOS.launch()
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "nightly",
                "workflow_fn": nightly,
                "schedule": "0 2 * * *",
            }
        ]
    )
    schedules = DBOS.list_schedules()
    return [each["schedule_name"] for each in schedules]


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    print(main())
    #> ['nightly']
    DBOS.destroy()

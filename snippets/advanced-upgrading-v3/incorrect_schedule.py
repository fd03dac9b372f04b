"""The 2.x decorator of scheduled workflows is gone."""
# expect: raises AttributeError
# differs: the new form's function takes a context
# types: missing-attribute - the wrong way is an attribute that dbos 3 lacks

import os
from datetime import datetime

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "reports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
@DBOS.scheduled("0 2 * * *")
@DBOS.workflow()
def nightly(scheduled: datetime, actual: datetime) -> None:
    pass


def main() -> list[str]:
    DBOS.launch()
    schedules = DBOS.list_schedules()
    return [each["schedule_name"] for each in schedules]


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    print(main())
    DBOS.destroy()

"""A generator cannot be stored, so the workflow fails after the step has run."""
# expect: raises TypeError
# differs: only this one imports Iterator

import os
from collections.abc import Iterator

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
@DBOS.step()
def load_rows(month: str) -> Iterator[str]:
    return (f"{month}-{day}" for day in (1, 2))


# --8<-- [end:rule]


@DBOS.workflow()
def report(month: str) -> str:
    return ", ".join(load_rows(month))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print(report("May"))
    DBOS.destroy()

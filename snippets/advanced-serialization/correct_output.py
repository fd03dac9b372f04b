"""The rows are a list, which is stored as it is."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
@DBOS.step()
def load_rows(month: str) -> list[str]:
    return [f"{month}-{day}" for day in (1, 2)]


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
    #> May-1, May-2
    DBOS.destroy()

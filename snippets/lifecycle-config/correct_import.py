"""Launched from main, the version covers every workflow."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "greeter",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
@DBOS.workflow()
def greet(name: str) -> str:
    return f"Hello, {name}"


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    print(greet("Ada"), "from version", DBOS.application_version[:8])
    #> Hello, Ada from version 7bacf05c
    # --8<-- [end:rule]
    DBOS.destroy()

"""Launched at import, the version covers only what was registered so far."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "greeter",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
DBOS(config=config)
DBOS.launch()


@DBOS.workflow()
def greet(name: str) -> str:
    return f"Hello, {name}"


if __name__ == "__main__":
    print(greet("Ada"), "from version", DBOS.application_version[:8])
    #> Hello, Ada from version cc242104
    # --8<-- [end:rule]
    DBOS.destroy()

"""The name of a key is wrong, and the version is not set."""
# expect: wrong
# types: bad-typed-dict-key - the wrong way is a key that dbos lacks

import os

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
def launch() -> None:
    config: DBOSConfig = {
        "name": "greeter",
        "app_version": "2026-11",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()


# --8<-- [end:rule]

if __name__ == "__main__":
    launch()
    print("version 2026-11:", DBOS.application_version == "2026-11")
    #> version 2026-11: False
    DBOS.destroy()

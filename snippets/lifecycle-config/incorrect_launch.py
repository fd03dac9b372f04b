"""A workflow is called before DBOS is launched."""
# expect: raises DBOSException

import os

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "greeter",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@DBOS.workflow()
def greet(name: str) -> str:
    return f"Hello, {name}"


# --8<-- [start:rule]
def main() -> str:
    DBOS(config=config)
    greeting = greet("Ada")
    DBOS.launch()
    return greeting


# --8<-- [end:rule]

if __name__ == "__main__":
    print(main())
    DBOS.destroy()

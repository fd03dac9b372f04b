"""The database is emptied before each launch."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@DBOS.workflow()
def price(pieces: int) -> int:
    return pieces * 10


# --8<-- [start:rule]
def start_dbos() -> None:
    DBOS.destroy()
    DBOS(config=config)
    DBOS.reset_system_database(truncate=True)
    DBOS.launch()


# --8<-- [end:rule]

if __name__ == "__main__":
    start_dbos()
    with SetWorkflowID("order-1"):
        print(price(1))
        #> 10
    start_dbos()
    with SetWorkflowID("order-1"):
        print(price(5))
        #> 50
    DBOS.destroy()

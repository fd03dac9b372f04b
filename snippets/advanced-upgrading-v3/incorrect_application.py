"""The configuration names an application database."""
# expect: raises DBOSInitializationError
# types: bad-typed-dict-key - the wrong way is a key that dbos 3 lacks

import os

from dbos import DBOS, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")

# --8<-- [start:rule]
config: DBOSConfig = {
    "name": "orders",
    "application_database_url": URL,
    "log_level": "ERROR",
}
# --8<-- [end:rule]


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    print(ship("order-1"))
    DBOS.destroy()

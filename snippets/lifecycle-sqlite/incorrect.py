"""A service that is started from another folder begins with an empty database."""
# expect: wrong
# database: own - it shows where the file of SQLite is

import os
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

# Where the service keeps its data, such as /var/lib/shop.
DATA = Path.cwd() / "data"
charged: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    charged.append(order)


@DBOS.workflow()
def pay(order: str) -> None:
    charge(order)


# --8<-- [start:rule]
def configure() -> DBOSConfig:
    return {
        "name": "shop",
        "log_level": "ERROR",
    }


# --8<-- [end:rule]


def serve(order: str) -> None:
    DBOS(config=configure())
    DBOS.launch()
    with SetWorkflowID(order):
        pay(order)
    DBOS.destroy()


if __name__ == "__main__":
    DATA.mkdir()
    serve("order-1")
    os.chdir(DATA)  # The next start comes from another folder, and so does the retry.
    serve("order-1")
    print(f"charged {len(charged)} times")
    #> charged 2 times

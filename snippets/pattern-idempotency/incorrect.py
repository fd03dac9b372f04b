"""A repeated request starts a second workflow, and charges twice."""
# expect: wrong
# differs: only the correct one needs SetWorkflowID

import os

from dbos import DBOS, DBOSConfig

charges: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    charges.append(order)


# --8<-- [start:rule]
@DBOS.workflow()
def checkout(order: str) -> str:
    charge(order)
    return f"{order} is paid"


def handle_request(order: str) -> str:
    return checkout(order)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    handle_request("order-1")
    print(handle_request("order-1"))
    #> order-1 is paid
    print("charges:", charges)
    #> charges: ['order-1', 'order-1']
    DBOS.destroy()

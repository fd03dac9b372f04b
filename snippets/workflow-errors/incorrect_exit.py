"""An exit is no failure, so the run never ends."""
# expect: wrong
# differs: only this one needs the sys module

import os
import sys

from dbos import DBOS, DBOSConfig, SetWorkflowID


# --8<-- [start:rule]
@DBOS.workflow()
def deliver(order: str, stock: int) -> str:
    if stock == 0:
        sys.exit("out of stock")
    return f"{order} delivered"


# --8<-- [end:rule]


def call(order: str) -> str:
    try:
        with SetWorkflowID(order):
            return deliver(order, stock=0)
    except BaseException as failure:
        return f"{type(failure).__name__}, {failure}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print(call("order-1"))
    #> SystemExit, out of stock
    print(DBOS.retrieve_workflow("order-1").get_status().status)
    #> PENDING
    DBOS.destroy()

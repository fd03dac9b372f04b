"""A replay counts the global variable up once more."""
# expect: wrong
# differs: only the correct one opens a database

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

last_number = 0


# --8<-- [start:rule]
def take_number(order: str) -> int:
    global last_number
    last_number += 1
    return last_number


@DBOS.workflow()
def invoice(order: str) -> str:
    number = take_number(order)
    return f"invoice {number} for {order}"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print("run:   ", invoice("order-1"))
        #> run:    invoice 1 for order-1
    print("replay:", DBOS.fork_workflow("order-1", start_step=2).get_result())
    #> replay: invoice 2 for order-1
    DBOS.destroy()

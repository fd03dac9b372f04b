"""An unknown workflow looks like one that has not published yet."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@DBOS.workflow()
def checkout(order: str) -> None:
    DBOS.set_event("invoice", f"/invoices/{order}.pdf")


# --8<-- [start:rule]
def show(order: str) -> str:
    invoice = DBOS.get_event(order, "invoice", timeout_seconds=0.5)
    return f"{order}: {invoice or 'not ready, ask again'}"


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        checkout("order-1")
    print(show("order-1"))
    #> order-1: /invoices/order-1.pdf
    print(show("order-7"))
    #> order-7: not ready, ask again
    DBOS.destroy()

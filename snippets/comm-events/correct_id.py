"""The id is checked first, so a wrong one is reported and not waited for."""
# expect: ok

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
    if DBOS.get_workflow_status(order) is None:
        return f"{order}: no such order"
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
    #> order-7: no such order
    DBOS.destroy()

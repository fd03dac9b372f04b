"""A step starts a workflow, and the error has no text."""
# expect: raises AssertionError

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

charges: list[str] = []


# --8<-- [start:rule]
@DBOS.workflow()
def send_invoice(order: str) -> str:
    return f"invoice for {order}"


@DBOS.step()
def charge(order: str) -> str:
    charges.append(order)
    return DBOS.start_workflow(send_invoice, order).get_result()


@DBOS.workflow()
def checkout(order: str) -> str:
    return charge(order)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(checkout("order-1"))
    invoices = DBOS.list_workflows(name="send_invoice")
    print("parents:", [invoice.parent_workflow_id for invoice in invoices])
    DBOS.destroy()

"""The child workflow is started with attributes of its own."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowAttributes, SetWorkflowID


@DBOS.workflow()
def send_invoice(order: str) -> str:
    return f"invoice for {order}"


# --8<-- [start:rule]
@DBOS.workflow()
def fulfil(order: str, customer: str) -> str:
    with SetWorkflowAttributes({"customer": customer}):
        return send_invoice(order)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"), SetWorkflowAttributes({"customer": "acme"}):
        print(fulfil("order-1", customer="acme"))
        #> invoice for order-1
    for name in ("fulfil", "send_invoice"):
        for workflow in DBOS.list_workflows(name=name):
            print(name, workflow.attributes)
            #> fulfil {'customer': 'acme'}
            #> send_invoice {'customer': 'acme'}
    DBOS.destroy()

"""An update replaces all attributes that the workflow had."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowAttributes, SetWorkflowID


# --8<-- [start:rule]
@DBOS.workflow()
def fulfil(order: str) -> str:
    DBOS.update_workflow_attributes(order, {"stage": "paid"})
    return f"{order} shipped"


def start(order: str, customer: str) -> str:
    with SetWorkflowID(order), SetWorkflowAttributes({"customer": customer}):
        return fulfil(order)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(start("order-1", customer="acme"))
    #> order-1 shipped
    for order in DBOS.list_workflows(workflow_ids=["order-1"]):
        print(sorted((order.attributes or {}).items()))
        #> [('stage', 'paid')]
    DBOS.destroy()

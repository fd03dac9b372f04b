"""SQLite stores attributes and refuses to filter by them."""
# expect: ok
# needs: sqlite - PostgreSQL can filter by attributes

import os

from dbos import DBOS, DBOSConfig, SetWorkflowAttributes, SetWorkflowID, error


@DBOS.workflow()
def fulfil(order: str) -> str:
    return f"{order} shipped"


# --8<-- [start:rule]
def find(customer: str) -> list[str]:
    try:
        orders = DBOS.list_workflows(attributes={"customer": customer})
    except error.DBOSException as refusal:
        return str(refusal).split(". ")
    return [order.workflow_id for order in orders]


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
        fulfil("order-1")
    for line in find("acme"):
        print(line)
        #> DBOS Error: Filtering workflows by attributes is not supported on SQLite
        #> Use a Postgres system database to filter by attributes.
    DBOS.destroy()

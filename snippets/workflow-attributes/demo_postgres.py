"""PostgreSQL finds the workflows whose attributes contain the filter."""
# expect: ok
# needs: postgres - SQLite cannot filter by attributes

import os
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowAttributes, SetWorkflowID


@DBOS.workflow()
def fulfil(order: str) -> str:
    return f"{order} shipped"


# --8<-- [start:rule]
ORDERS: dict[str, dict[str, Any]] = {
    "order-1": {"customer": "acme", "ship": {"country": "DE", "express": True}},
    "order-2": {"customer": "acme", "ship": {"country": "FR"}},
    "order-3": {"customer": "initech"},
}


def find(attributes: dict[str, Any]) -> list[str]:
    orders = DBOS.list_workflows(attributes=attributes)
    return sorted(order.workflow_id for order in orders)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    for order, attributes in ORDERS.items():
        with SetWorkflowID(order), SetWorkflowAttributes(attributes):
            fulfil(order)
    print(find({"customer": "acme"}))
    #> ['order-1', 'order-2']
    print(find({"ship": {"country": "DE"}}))
    #> ['order-1']
    print(find({"customer": "acme", "ship": {"country": "IT"}}))
    #> []
    DBOS.destroy()

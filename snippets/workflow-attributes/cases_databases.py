"""Where attributes depend on the database."""
# expect: ok
# databases: PostgreSQL stores them as jsonb and can search, SQLite stores a text

import os
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowAttributes, SetWorkflowID, error
from sqlalchemy.exc import DBAPIError


@DBOS.workflow()
def fulfil(order: str) -> str:
    return f"{order} shipped"


def start(order: str, attributes: dict[str, Any]) -> str:
    try:
        with SetWorkflowID(order), SetWorkflowAttributes(attributes):
            return fulfil(order)
    except DBAPIError as failure:
        return type(failure).__name__


def found(**filters: Any) -> str:
    try:
        orders = DBOS.list_workflows(**filters)
    except error.DBOSException as failure:
        return type(failure).__name__
    return ", ".join(order.workflow_id for order in orders) or "none"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    start("acme-1", {"customer": "acme", "paid": True})
    start("initech-1", {"customer": "initech"})
    print("found by an attribute:", found(attributes={"customer": "acme"}))
    wrong = {"customer": "acme", "paid": False}
    print("found by two attributes, one of them wrong:", found(attributes=wrong))
    print("found by `attributes={}`:", found(attributes={}))
    print("found by an id that begins with `acme`:", found(workflow_id_prefix="acme"))
    print("found by an id that begins with `ACME`:", found(workflow_id_prefix="ACME"))
    print("started with `nan` as a value:", start("order-1", {"weight": float("nan")}))
    print("started with a NUL character:", start("order-2", {"name": "a\0b"}))
    DBOS.destroy()

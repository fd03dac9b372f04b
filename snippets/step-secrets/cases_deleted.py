"""Which secrets of a child a deletion of its parent removes."""
# expect: ok

import base64
import os

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
SCHEMA = "dbos." if URL.startswith("postgresql") else ""
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")
engine = sqlalchemy.create_engine(ADDRESS)


@DBOS.workflow()
def deliver(_key: str) -> None:
    pass


@DBOS.workflow()
def order(key: str) -> None:
    deliver(key)


def stored(secret: str) -> str:
    inputs = sqlalchemy.text(f"SELECT inputs FROM {SCHEMA}workflow_input")
    with engine.connect() as connection:
        found = [base64.b64decode(row[0]) for row in connection.execute(inputs)]
    return f"in {sum(secret.encode() in text for text in found)} runs"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        order("secret-1")
    print("an argument that a parent hands to its child:", stored("secret-1"))
    #> an argument that a parent hands to its child: in 2 runs
    DBOS.delete_workflow("order-1", delete_children=True)
    print("the same, deleted with `delete_children`:", stored("secret-1"))
    #> the same, deleted with `delete_children`: in 0 runs
    engine.dispose()
    DBOS.destroy()

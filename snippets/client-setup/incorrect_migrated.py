"""A client on a database without tables connects, and its first call fails."""
# expect: wrong
# differs: only the correct one imports DBOS

import os

from dbos import DBOSClient
from sqlalchemy.exc import DBAPIError

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
# Where nothing was ever launched: a new file, or a new schema.
NEW = "sqlite:///new.sqlite" if URL.startswith("sqlite") else URL


# --8<-- [start:rule]
def connect() -> DBOSClient:
    return DBOSClient(system_database_url=NEW, dbos_system_schema="new")


# --8<-- [end:rule]

if __name__ == "__main__":
    client = connect()
    try:
        print("workflows:", len(client.list_workflows()))
    except DBAPIError as error:
        print("table missing:", "workflow_status" in str(error.orig))
        #> table missing: True
    client.destroy()

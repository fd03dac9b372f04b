"""The tables are made first, and the client works."""
# expect: ok

import os

from dbos import DBOS, DBOSClient
from sqlalchemy.exc import DBAPIError

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
# Where nothing was ever launched: a new file, or a new schema.
NEW = "sqlite:///new.sqlite" if URL.startswith("sqlite") else URL


# --8<-- [start:rule]
def connect() -> DBOSClient:
    DBOS.migrate(NEW, schema="new")
    return DBOSClient(system_database_url=NEW, dbos_system_schema="new")


# --8<-- [end:rule]

if __name__ == "__main__":
    client = connect()
    try:
        print("workflows:", len(client.list_workflows()))
        #> workflows: 0
    except DBAPIError as error:
        print("table missing:", "workflow_status" in str(error.orig))
    client.destroy()

"""A client gets its address by the one name that dbos 3 has."""
# expect: ok

import os

from dbos import DBOS, DBOSClient

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")


# --8<-- [start:rule]
def connect() -> DBOSClient:
    return DBOSClient(system_database_url=URL)


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS.migrate(URL)
    client = connect()
    print("workflows:", len(client.list_workflows()))
    #> workflows: 0
    client.destroy()

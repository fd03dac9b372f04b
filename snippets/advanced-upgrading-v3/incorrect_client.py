"""A client gets its address in the 2.x way."""
# expect: raises TypeError
# types: unexpected-keyword - the wrong way is an argument that dbos 3 lacks

import os

from dbos import DBOS, DBOSClient

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")


# --8<-- [start:rule]
def connect() -> DBOSClient:
    return DBOSClient(database_url=URL)


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS.migrate(URL)
    client = connect()
    print("workflows:", len(client.list_workflows()))
    client.destroy()

"""The client accepts a misspelt key of annotated options, a type checker does not."""
# expect: ok
# types: bad-typed-dict-key - a key that does not exist is what the annotation finds

import os

from dbos import DBOS, DBOSClient, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///payments.sqlite")


# --8<-- [start:rule]
options: EnqueueOptions = {
    "workflow_name": "pay",
    "queue_name": "payments",
    "workflow_idd": "pay-order-1",  # A type checker refuses it.
}
# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS.migrate(URL)
    client = DBOSClient(system_database_url=URL)
    handle = client.enqueue(options, "order-1")
    print("the id is used:", handle.workflow_id == "pay-order-1")
    #> the id is used: False
    client.destroy()

"""The annotated options carry the id, and the retry finds the same payment."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///payments.sqlite")


# --8<-- [start:rule]
def request_payment(client: DBOSClient, order: str) -> None:
    options: EnqueueOptions = {
        "workflow_name": "pay",
        "queue_name": "payments",
        "workflow_id": f"pay-{order}",
    }
    client.enqueue(options, order)


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS.migrate(URL)
    client = DBOSClient(system_database_url=URL)
    request_payment(client, "order-1")
    request_payment(client, "order-1")  # The web request is sent again.
    print("enqueued:", len(client.list_queued_workflows()))
    #> enqueued: 1
    client.destroy()

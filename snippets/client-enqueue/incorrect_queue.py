"""Options without a queue are refused with a KeyError."""
# expect: raises KeyError
# differs: Any in place of EnqueueOptions

import os
from typing import Any

from dbos import DBOS, DBOSClient

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///payments.sqlite")


# --8<-- [start:rule]
def request_payment(client: DBOSClient, order: str) -> None:
    options: Any = {
        "workflow_name": "pay",
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
    client.destroy()

"""A model that comes as JSON reaches the workflow as a dict."""
# expect: wrong
# differs: only the correct one imports the validator

import os

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions
from dbos import WorkflowSerializationFormat as Format
from pydantic import BaseModel

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")


class Order(BaseModel):
    """What another program sends as JSON."""

    number: str
    pieces: int


# --8<-- [start:rule]
@DBOS.workflow()
def place(order: Order) -> str:
    return f"got {order!r}"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders")
    client = DBOSClient(system_database_url=URL)
    options: EnqueueOptions = {
        "workflow_name": "place",
        "queue_name": "orders",
        "serialization_type": Format.PORTABLE,
    }
    print(client.enqueue(options, {"number": "A7", "pieces": "2"}).get_result())
    #> got {'number': 'A7', 'pieces': '2'}
    try:
        print(client.enqueue(options, {"number": "A8"}).get_result())
        #> got {'number': 'A8'}
    except Exception as error:
        print(f"{type(error).__name__}: {str(error).splitlines()[0]}")
    client.destroy()
    DBOS.destroy()

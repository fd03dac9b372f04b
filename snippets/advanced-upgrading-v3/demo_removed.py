"""What each removed name of 2.x answers."""
# expect: ok

import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, DebouncerClient, Queue, error

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {"name": "orders", "system_database_url": URL}
client = DBOSClient(system_database_url=URL)
debouncer = DebouncerClient(
    client,
    {"workflow_name": "ship", "queue_name": "orders"},
    debounce_timeout_sec=60,
)

# --8<-- [start:rule]
names: list[tuple[object, str]] = [
    (DBOS, "transaction"),
    (DBOS, "scheduled"),
    (DBOS, "sql_session"),
    (DBOS, "register_instance"),
    (error, "DBOSConflictingRegistrationError"),
    (Queue, "set_priority_enabled"),
    (Queue, "set_partition_queue"),
]
arguments: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (DBOS, {"config": config, "fastapi": None}),
    (DBOS, {"config": config, "flask": None}),
    (DBOS.register_queue, {"name": "orders", "priority_enabled": True}),
    (DBOS.register_queue, {"name": "orders", "partition_queue": True}),
    (DBOS.kafka_consumer, {"config": {}, "topics": ["orders"], "in_order": True}),
    (DBOSClient, {"database_url": URL}),
    (DBOSClient, {"application_database_url": URL}),
    (debouncer.debounce_async, {"deboucne_key": "1", "debounce_period_sec": 1}),
    (Queue, {"name": "orders"}),
]
# --8<-- [end:rule]

if __name__ == "__main__":
    for owner, name in names:
        try:
            getattr(owner, name)
        except AttributeError as failure:
            print(failure)
            #> type object 'DBOS' has no attribute 'transaction'
            #> type object 'DBOS' has no attribute 'scheduled'
            #> type object 'DBOS' has no attribute 'sql_session'
            #> type object 'DBOS' has no attribute 'register_instance'
            #> module 'dbos._error' has no attribute 'DBOSConflictingRegistrationError'
            #> type object 'Queue' has no attribute 'set_priority_enabled'
            #> type object 'Queue' has no attribute 'set_partition_queue'
    for function, options in arguments:
        try:
            function(**options)
        except (TypeError, error.DBOSException) as failure:
            text = str(failure)
            print(text.partition("() ")[2] or text.partition(". ")[0])
            #> got an unexpected keyword argument 'fastapi'
            #> got an unexpected keyword argument 'flask'
            #> got an unexpected keyword argument 'priority_enabled'
            #> got an unexpected keyword argument 'partition_queue'
            #> got an unexpected keyword argument 'in_order'
            #> got an unexpected keyword argument 'database_url'
            #> got an unexpected keyword argument 'application_database_url'
            #> missing 1 required positional argument: 'debounce_key'
            #> DBOS Error: Queue objects cannot be constructed directly
    client.destroy()

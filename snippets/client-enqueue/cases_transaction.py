"""A mail that is enqueued in a transaction: before, after and without its commit."""
# expect: ok

import os
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
MAIL: EnqueueOptions = {
    "workflow_name": "send_mail",
    "queue_name": "mails",
    "deduplication_id": "order-1",
}


def outcome(call: Callable[[], Any]) -> str:
    try:
        return call().status
    except Exception as error:
        return type(error).__name__


def enqueue(engine: sa.Engine, **more: Any) -> str:
    """Enqueues a mail on a connection of this engine."""
    options: Any = {**MAIL, **more}
    try:
        with engine.begin() as connection:
            handle = client.enqueue_in_transaction(connection, options, "order-1")
        return handle.get_status().status
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    DBOS.migrate(URL)
    client = DBOSClient(system_database_url=URL)
    engine = sa.create_engine(URL.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        first = client.enqueue_in_transaction(connection, MAIL, "order-1")
        print("`get_status` before the commit:", outcome(first.get_status))
        #> `get_status` before the commit: DBOSNonExistentWorkflowError
        connection.rollback()
    print("`get_status` after a rollback:", outcome(first.get_status))
    #> `get_status` after a rollback: DBOSNonExistentWorkflowError
    print("`get_status` after a commit:", enqueue(engine))
    #> `get_status` after a commit: ENQUEUED
    print("the same deduplication id again:", enqueue(engine))
    #> the same deduplication id again: DBOSQueueDeduplicatedError
    again = enqueue(engine, duplication_policy="return-existing")
    print("`duplication_policy` is `return-existing`:", again)
    #> `duplication_policy` is `return-existing`: DBOSException
    other = sa.create_engine("sqlite:///other.sqlite")
    refused = enqueue(other, deduplication_id="order-2") != "ENQUEUED"
    print("a connection to another database:", "refused" if refused else "accepted")
    #> a connection to another database: refused
    print("mails enqueued in the end:", len(client.list_queued_workflows()))
    #> mails enqueued in the end: 1
    other.dispose()
    engine.dispose()
    client.destroy()

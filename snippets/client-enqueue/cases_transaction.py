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


def enqueue(engine: sa.Engine, by: DBOSClient | None = None, **more: Any) -> str:
    """Enqueues a mail on a connection of this engine."""
    options: Any = {**MAIL, **more}
    try:
        with engine.begin() as connection:
            handle = (by or client).enqueue_in_transaction(connection, options, "order")
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
    print("a second mail with the deduplication id:", enqueue(engine))
    #> a second mail with the deduplication id: DBOSQueueDeduplicatedError
    again = enqueue(engine, duplication_policy="return-existing")
    print("`enqueue_in_transaction` with `return-existing`:", again)
    #> `enqueue_in_transaction` with `return-existing`: DBOSException
    other = sa.create_engine("sqlite:///other.sqlite")
    refused = enqueue(other, deduplication_id="order-2") != "ENQUEUED"
    said = "refused" if refused else "accepted"
    print("a connection to a database without tables:", said)
    #> a connection to a database without tables: refused
    DBOS.migrate("sqlite:///first.sqlite")
    DBOS.migrate("sqlite:///second.sqlite")
    own = DBOSClient(system_database_url="sqlite:///first.sqlite")
    second = sa.create_engine("sqlite:///second.sqlite")
    seen = enqueue(second, own)
    with second.connect() as connection:
        found = connection.scalar(sa.text("SELECT count(*) FROM workflow_status"))
    print("another database with DBOS tables:", f"{found} row there, {seen}")
    #> another database with DBOS tables: 1 row there, DBOSNonExistentWorkflowError
    print("mails enqueued in the end:", len(client.list_queued_workflows()))
    #> mails enqueued in the end: 1
    other.dispose()
    second.dispose()
    own.destroy()
    engine.dispose()
    client.destroy()

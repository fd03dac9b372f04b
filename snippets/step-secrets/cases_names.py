"""Where a secret is readable that stands around a workflow."""
# expect: ok

import base64
import os
from contextlib import suppress
from datetime import datetime

import sqlalchemy
from dbos import (
    DBOS,
    DBOSConfig,
    DBOSConfiguredInstance,
    SetEnqueueOptions,
    SetWorkflowAttributes,
    SetWorkflowID,
)

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
SCHEMA = "dbos" if URL.startswith("postgresql") else None
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")
engine = sqlalchemy.create_engine(ADDRESS)


@DBOS.step()
def send(_key: str) -> None:
    pass


@DBOS.workflow()
def order(_key: str) -> None:
    DBOS.set_event("secret-event-key", 1)


@DBOS.workflow()
def report(_at: datetime, _context: object) -> None:
    pass


@DBOS.dbos_class()
class Gateway(DBOSConfiguredInstance):
    """It has its key in memory."""

    def __init__(self, key: str) -> None:
        super().__init__("gateway")
        self.key = key

    @DBOS.workflow()
    def check(self) -> bool:
        return self.key == "secret-of-an-instance"


def stored(secret: str) -> str:
    """Looks into each column of each table, and behind base64."""
    tables = sqlalchemy.MetaData(schema=SCHEMA)
    tables.reflect(engine)
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(sqlalchemy.select(table)):
                for text in map(str, row):
                    if secret in text:
                        return "as text"
                    with suppress(ValueError):
                        if secret.encode() in base64.b64decode(text):
                            return "in base64"
    return "not found"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    gateway = Gateway("secret-of-an-instance")
    DBOS(config=config)
    DBOS.launch()
    gateway.check()
    with SetWorkflowAttributes({"key": "secret-attribute"}), SetWorkflowID("secret-id"):
        order("secret-argument")
    DBOS.send("secret-id", "now", "secret-topic")
    with SetEnqueueOptions(deduplication_id="secret-deduplication"):
        DBOS.enqueue_workflow("orders", send, "secret-job")
    with SetEnqueueOptions(queue_partition_key="secret-partition"):
        DBOS.enqueue_workflow("orders", send, "")
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "report",
                "workflow_fn": report,
                "schedule": "0 0 1 1 *",
                "context": "secret-context",
            }
        ]
    )
    print("a workflow id:", stored("secret-id"))
    #> a workflow id: as text
    print("an attribute of a workflow:", stored("secret-attribute"))
    #> an attribute of a workflow: as text
    print("the key of an event:", stored("secret-event-key"))
    #> the key of an event: as text
    print("the topic of a message:", stored("secret-topic"))
    #> the topic of a message: as text
    print("a deduplication id:", stored("secret-deduplication"))
    #> a deduplication id: as text
    print("a partition key:", stored("secret-partition"))
    #> a partition key: as text
    print("the context of a schedule:", stored("secret-context"))
    #> the context of a schedule: in base64
    print("an argument of a step that is enqueued:", stored("secret-job"))
    #> an argument of a step that is enqueued: in base64
    print("an attribute of an instance:", stored("secret-of-an-instance"))
    #> an attribute of an instance: not found
    DBOS.fork_workflow("secret-id", 1).get_result()
    DBOS.delete_workflow("secret-id")
    print("an argument, its run deleted after a fork:", stored("secret-argument"))
    #> an argument, its run deleted after a fork: in base64
    engine.dispose()
    DBOS.destroy()

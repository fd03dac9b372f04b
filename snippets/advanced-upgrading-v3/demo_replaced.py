"""The 3.x forms of what was removed or renamed."""
# expect: ok

import asyncio
import os

import sqlalchemy as sa
from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    DebouncerClient,
    SetEnqueueOptions,
    SQLAlchemyDatasource,
)

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "ERROR",
}

# --8<-- [start:rule]
orders = SQLAlchemyDatasource.create("sqlite:///app.sqlite")


@orders.transaction()
def count() -> int:
    return orders.sql_session().execute(sa.text("SELECT 1")).scalar_one()


@DBOS.workflow(max_recovery_attempts=3)
def ship(order: str) -> str:
    return f"{order} shipped, {count()} row"


# --8<-- [end:rule]


# --8<-- [start:queues]
def enqueue() -> list[str]:
    DBOS.register_queue("shipping", global_concurrency=1)
    DBOS.register_queue("customers", partition_concurrency=1)
    with SetEnqueueOptions(priority=1):
        by_priority = DBOS.enqueue_workflow("shipping", ship, "order-1")
    with SetEnqueueOptions(queue_partition_key="Ada"):
        by_customer = DBOS.enqueue_workflow("customers", ship, "order-2")
    return [by_priority.get_result(), by_customer.get_result()]


async def debounce(client: DBOSClient) -> str:
    options = {"workflow_name": "ship", "queue_name": "shipping"}
    debouncer = DebouncerClient(client, options, debounce_timeout_sec=60)
    handle = await debouncer.debounce_async(
        debounce_key="Ada", debounce_period_sec=0.1, order="order-3"
    )
    return await handle.get_result()


# --8<-- [end:queues]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    print(enqueue())
    #> ['order-1 shipped, 1 row', 'order-2 shipped, 1 row']
    client = DBOSClient(system_database_url=URL)
    print(asyncio.run(debounce(client)))
    #> order-3 shipped, 1 row
    client.destroy()
    DBOS.destroy()

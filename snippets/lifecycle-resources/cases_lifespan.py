"""Lifespans that connect and launch, each with one order that waits."""
# expect: ok

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
clients: dict[str, asyncio.AbstractEventLoop] = {}
launched, begun = threading.Event(), threading.Event()


@DBOS.step()
async def charge() -> bool:
    try:
        return clients["bank"] is asyncio.get_running_loop()
    finally:
        begun.set()


@DBOS.workflow()
async def checkout() -> bool:
    return await charge()


async def connect() -> None:
    """Connects in this loop. Where a step can begin before that, it does."""
    if launched.is_set():
        await asyncio.to_thread(begun.wait, timeout=30)
    clients["bank"] = asyncio.get_running_loop()


async def refuse() -> None:
    raise ConnectionError("the bank does not answer")


def launch_here() -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)
    DBOS.launch()
    launched.set()


async def launch() -> None:
    launch_here()


async def launch_in_thread() -> None:
    await asyncio.to_thread(launch_here)


Part = Callable[[], Awaitable[None]]


@asynccontextmanager
async def lifespan(*parts: Part) -> AsyncIterator[None]:
    for part in parts:
        await part()
    yield
    await asyncio.to_thread(DBOS.destroy)


async def serve(order: str, *parts: Part) -> None:
    """A server that stops when the order has ended."""
    launched.clear()
    begun.clear()
    clients.clear()
    async with lifespan(*parts):
        handle = await DBOS.retrieve_workflow_async(order)
        with suppress(KeyError):
            await handle.get_result()


def state(order: str, *parts: Part) -> str:
    client = DBOSClient(system_database_url=URL)
    options: EnqueueOptions = {
        "workflow_name": "checkout",
        "queue_name": "orders",
        "workflow_id": order,
    }
    client.enqueue(options)
    with suppress(ConnectionError):
        asyncio.run(serve(order, *parts))
    status = client.retrieve_workflow(order).get_status()
    client.destroy()
    if status.status != "SUCCESS":
        return status.status
    return f"SUCCESS, in the loop that connected: {status.output}"


if __name__ == "__main__":
    launch_here()
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    DBOS.destroy()
    print("the lifespan launches, then awaits:", state("order-1", launch, connect))
    #> the lifespan launches, then awaits: ERROR
    print("its connecting fails before the launch:", state("order-2", refuse, launch))
    #> its connecting fails before the launch: ENQUEUED
    print("it awaits, then launches:", state("order-3", connect, launch))
    #> it awaits, then launches: SUCCESS, in the loop that connected: True
    in_thread = state("order-4", connect, launch_in_thread)
    print("it awaits, then launches in a thread:", in_thread)
    #> it awaits, then launches in a thread: SUCCESS, in the loop that connected: False
    DBOS.destroy()

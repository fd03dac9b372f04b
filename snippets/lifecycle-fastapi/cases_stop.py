"""A workflow needs one more second when the lifespan ends, in three ways."""
# expect: ok
# Takes some seconds: one of the ends waits for two, and each takes up to one.

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID
from fastapi import FastAPI
from fastapi.testclient import TestClient

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}
beats: list[str] = []
stop: Callable[[], Awaitable[None]]
stopping: asyncio.Event


@DBOS.step()
async def ship(order: str) -> None:
    await stopping.wait()
    await asyncio.sleep(1)


@DBOS.workflow()
async def checkout(order: str) -> None:
    await ship(order)


async def beat() -> None:
    while True:
        beats.append("beat")
        await asyncio.sleep(0.01)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    global stopping
    stopping = asyncio.Event()
    DBOS(config=config)
    DBOS.launch()
    yield
    heart = asyncio.create_task(beat())
    await asyncio.sleep(0)
    beats.clear()
    stopping.set()
    await stop()
    heart.cancel()


app = FastAPI(lifespan=lifespan)


@app.post("/orders/{order}")
async def pay(order: str) -> None:
    with SetWorkflowID(order):
        await DBOS.start_workflow_async(checkout, order)


async def on_loop() -> None:
    DBOS.destroy(workflow_completion_timeout_sec=2)


async def in_thread() -> None:
    await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=2)


async def without_time() -> None:
    await asyncio.to_thread(DBOS.destroy)


def end(way: Callable[[], Awaitable[None]]) -> str:
    """Runs the application, ends it in this way, and looks at the workflow."""
    global stop
    stop = way
    with TestClient(app) as client:
        client.post(f"/orders/{way.__name__}")
    look = DBOSClient(system_database_url=URL)
    status = look.retrieve_workflow(way.__name__).get_status().status
    look.destroy()
    moves = "moves" if len(beats) > 1 else "stands still"
    return f"{status}, the loop {moves}"


if __name__ == "__main__":
    print("ended on the loop, with 2 seconds:", end(on_loop))
    #> ended on the loop, with 2 seconds: PENDING, the loop stands still
    print("ended in a thread, with 2 seconds:", end(in_thread))
    #> ended in a thread, with 2 seconds: SUCCESS, the loop moves
    print("ended in a thread, with no time:", end(without_time).split(",")[0])
    #> ended in a thread, with no time: PENDING

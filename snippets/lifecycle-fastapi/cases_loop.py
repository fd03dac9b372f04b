"""Whether the event loop moves while a handler runs a slow workflow."""
# expect: ok

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dbos import DBOS, DBOSConfig
from fastapi import FastAPI
from fastapi.testclient import TestClient

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}
moved = threading.Event()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    DBOS(config=config)
    DBOS.launch()
    yield
    await asyncio.to_thread(DBOS.destroy)


app = FastAPI(lifespan=lifespan)


@DBOS.step()
def charge() -> bool:
    return moved.wait(timeout=1)  # It takes a second, or until the loop moves.


@DBOS.workflow()
def slow() -> bool:
    return charge()


@app.post("/loop/{way}")
async def loop(way: str) -> str:
    moved.clear()
    asyncio.get_running_loop().call_soon(moved.set)
    if way == "call":
        moves = slow()
    elif way == "start":
        moves = DBOS.start_workflow(slow).get_result()
    else:
        moves = await asyncio.to_thread(slow)
    return "the loop moves" if moves else "the loop stands still"


def post(way: str) -> str:
    with TestClient(app) as client:
        return client.post(f"/loop/{way}").json()


if __name__ == "__main__":
    print("a sync workflow called in an async handler:", post("call"))
    #> a sync workflow called in an async handler: the loop stands still
    print("`DBOS.start_workflow` and `get_result`:", post("start"))
    #> `DBOS.start_workflow` and `get_result`: the loop stands still
    print("the same call in `asyncio.to_thread`:", post("thread"))
    #> the same call in `asyncio.to_thread`: the loop moves

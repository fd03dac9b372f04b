"""The async twin waits without stopping the event loop."""
# expect: ok

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dbos import DBOS, DBOSConfig, SetWorkflowID
from fastapi import FastAPI
from fastapi.testclient import TestClient

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    DBOS(config=config)
    DBOS.launch()
    yield
    await asyncio.to_thread(DBOS.destroy)


app = FastAPI(lifespan=lifespan)


@DBOS.workflow()
async def checkout(order: str) -> None:
    await DBOS.set_event_async("status", f"{order} is paid")


# --8<-- [start:rule]
@app.post("/orders/{order}")
async def pay(order: str) -> str:
    with SetWorkflowID(order):
        await DBOS.start_workflow_async(checkout, order)
    return order


@app.get("/orders/{order}")
async def status(order: str) -> str:
    return await DBOS.get_event_async(order, "status")


# --8<-- [end:rule]

if __name__ == "__main__":
    with TestClient(app) as client:
        client.post("/orders/order-1")
        answer = client.get("/orders/order-1")
    print(answer.status_code, answer.json())
    #> 200 order-1 is paid

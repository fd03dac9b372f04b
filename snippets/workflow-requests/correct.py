"""A request that ends before its workflow leaves the workflow alone."""
# expect: ok

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dbos import DBOS, DBOSConfig, SetWorkflowID
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
bank = asyncio.Event()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    DBOS(config=config)
    DBOS.launch()
    yield
    await asyncio.to_thread(DBOS.destroy)


app = FastAPI(lifespan=lifespan)


@DBOS.step()
async def charge(order: str) -> str:
    await bank.wait()
    return f"{order} is paid"


@DBOS.workflow()
async def checkout(order: str) -> str:
    return await charge(order)


# --8<-- [start:rule]
@app.post("/orders/{order}")
async def pay(order: str) -> str:
    with SetWorkflowID(order):
        run = await DBOS.start_workflow_async(checkout, order)
    async with asyncio.timeout(1):
        return await run.get_result()


# --8<-- [end:rule]


@app.exception_handler(TimeoutError)
async def too_late(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse("try again later", 504)


@app.post("/bank")
async def answer() -> None:
    bank.set()


if __name__ == "__main__":
    with TestClient(app) as client:
        print("first request:", client.post("/orders/order-1").json())
        #> first request: try again later
        client.post("/bank")
        handle = DBOS.retrieve_workflow("order-1")
        until = time.monotonic() + 2
        while handle.get_status().status == "PENDING" and time.monotonic() < until:
            time.sleep(0.1)
        print("after the bank's answer:", handle.get_status().status)
        #> after the bank's answer: SUCCESS
        print("second request:", client.post("/orders/order-1").json())
        #> second request: order-1 is paid

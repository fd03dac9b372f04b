"""How an async handler gets the result of a workflow that is a plain function."""
# expect: ok
# types: bad-argument-type - a plain function where dbos declares an async one

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
    "log_level": "CRITICAL",
}
charged: list[str] = []


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    DBOS(config=config)
    DBOS.launch()
    await DBOS.register_queue_async("orders", polling_interval_sec=0.1)
    yield
    await asyncio.to_thread(DBOS.destroy)


app = FastAPI(lifespan=lifespan)


@DBOS.step()
def charge(order: str) -> str:
    charged.append(order)
    return f"{order} is paid"


@DBOS.workflow()
def checkout(order: str) -> str:
    return charge(order)


@DBOS.workflow()
async def checkout_async(order: str) -> str:
    return await asyncio.to_thread(charge, order)


def start_and_wait(order: str) -> str:
    return DBOS.start_workflow(checkout, order).get_result()


@app.post("/orders/{way}")
async def pay(way: str) -> str:
    with SetWorkflowID(way):
        if way == "started":
            handle = await DBOS.start_workflow_async(checkout, way)
        elif way == "enqueued":
            handle = await DBOS.enqueue_workflow_async("orders", checkout, way)
        elif way == "async":
            handle = await DBOS.start_workflow_async(checkout_async, way)
        else:
            return await asyncio.to_thread(start_and_wait, way)
    try:
        return await handle.get_result()
    except TypeError as error:
        return type(error).__name__


def post(way: str) -> str:
    return client.post(f"/orders/{way}").json()


def end(workflow_id: str) -> str:
    found = DBOS.get_workflow_status(workflow_id)
    ending = found.status if found else "none"
    return f"{ending}, {charged.count(workflow_id)} charge"


if __name__ == "__main__":
    with TestClient(app) as client:
        print("`start_workflow_async` of a plain workflow:", post("started"))
        #> `start_workflow_async` of a plain workflow: TypeError
        print("the status of that workflow, and its effect:", end("started"))
        #> the status of that workflow, and its effect: ERROR, 1 charge
        print("`enqueue_workflow_async` of a plain workflow:", post("enqueued"))
        #> `enqueue_workflow_async` of a plain workflow: enqueued is paid
        print("a plain workflow started in `asyncio.to_thread`:", post("thread"))
        #> a plain workflow started in `asyncio.to_thread`: thread is paid
        print("`start_workflow_async` of an async workflow:", post("async"))
        #> `start_workflow_async` of an async workflow: async is paid

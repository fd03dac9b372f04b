"""What a handler gets that calls DBOS."""
# expect: ok

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from dbos import DBOS, DBOSConfig
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    DBOS(config=config)
    DBOS.launch()
    yield
    await asyncio.to_thread(DBOS.destroy)


app = FastAPI(lifespan=lifespan)


@DBOS.workflow()
def checkout(order: str) -> str:
    return f"{order} is paid"


@DBOS.workflow()
def announce(order: str) -> str:
    DBOS.set_event("status", "paid")
    return "announced"


@DBOS.workflow()
@app.post("/inside")
def inside() -> str:
    return f"in a workflow: {DBOS.workflow_id is not None}"


@app.post("/outside")
@DBOS.workflow()
def outside() -> str:
    return f"in a workflow: {DBOS.workflow_id is not None}"


CALLS: dict[str, Callable[[], Any]] = {
    "get_event": lambda: DBOS.get_event("order-0", "status", 0),
    "start": lambda: DBOS.start_workflow(checkout, "order-1").get_result(),
    "direct": lambda: checkout("order-2"),
    "event": lambda: announce("order-3"),
}


@app.post("/async/{name}")
async def in_async(name: str) -> str:
    return str(CALLS[name]())


@app.post("/plain/{name}")
def in_plain(name: str) -> str:
    return str(CALLS[name]())


@app.exception_handler(Exception)
async def show(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse(type(error).__name__, 500)


client = TestClient(app, raise_server_exceptions=False)


def post(path: str) -> str:
    answer = client.post(path)
    return f"{answer.status_code}, {answer.json()}"


if __name__ == "__main__":
    print("a `TestClient` without `with`:", post("/plain/direct"))
    #> a `TestClient` without `with`: 500, DBOSException
    with client:
        print("`DBOS.get_event`, async handler:", post("/async/get_event"))
        #> `DBOS.get_event`, async handler: 500, RuntimeError
        print("a started sync workflow, async handler:", post("/async/start"))
        #> a started sync workflow, async handler: 200, order-1 is paid
        print("a called sync workflow, async handler:", post("/async/direct"))
        #> a called sync workflow, async handler: 200, order-2 is paid
        print("`DBOS.set_event` in the workflow, async handler:", post("/async/event"))
        #> `DBOS.set_event` in the workflow, async handler: 500, RuntimeError
        print("`DBOS.set_event` in the workflow, plain handler:", post("/plain/event"))
        #> `DBOS.set_event` in the workflow, plain handler: 200, announced
        print("`DBOS.get_event`, plain handler:", post("/plain/get_event"))
        #> `DBOS.get_event`, plain handler: 200, None
        print("`@app.post` above `@DBOS.workflow()`:", post("/outside"))
        #> `@app.post` above `@DBOS.workflow()`: 200, in a workflow: True
        print("`@app.post` below `@DBOS.workflow()`:", post("/inside"))
        #> `@app.post` below `@DBOS.workflow()`: 200, in a workflow: False

"""The module constructs DBOS once, so the second lifespan has none."""
# expect: raises DBOSException

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dbos import DBOS, DBOSConfig
from fastapi import FastAPI
from fastapi.testclient import TestClient

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
DBOS(config=config)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    DBOS.launch()
    yield
    await asyncio.to_thread(DBOS.destroy)


app = FastAPI(lifespan=lifespan)


@app.post("/orders/{order}")
@DBOS.workflow()
def checkout(order: str) -> str:
    return f"{order} is paid"


# --8<-- [end:rule]

if __name__ == "__main__":
    with TestClient(app) as client:
        print(client.post("/orders/order-1").json())
    with TestClient(app) as client:
        print(client.post("/orders/order-2").json())

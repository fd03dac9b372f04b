"""DBOS takes no app."""
# expect: raises TypeError
# types: unexpected-keyword - the wrong way is an argument that dbos 3 lacks
# differs: the right way is a lifespan

import os

from dbos import DBOS, DBOSConfig
from fastapi import FastAPI
from fastapi.testclient import TestClient

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}

# --8<-- [start:rule]
app = FastAPI()
DBOS(fastapi=app, config=config)


@app.post("/orders/{order}")
@DBOS.workflow()
def checkout(order: str) -> str:
    return f"{order} is paid"


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS.launch()
    with TestClient(app) as client:
        print(client.post("/orders/order-1").json())
    DBOS.destroy()

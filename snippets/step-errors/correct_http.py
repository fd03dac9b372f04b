"""An order that is missing is a result, and other answers are an error of text."""
# expect: ok
# It needs httpx, and asks no network.

import os

import httpx
from dbos import DBOS, DBOSConfig

shop = httpx.Client(
    base_url="https://shop.example",
    transport=httpx.MockTransport(lambda request: httpx.Response(404)),
)


# --8<-- [start:rule]
@DBOS.step()
def read_order(number: str) -> str | None:
    response = shop.get(f"/orders/{number}")
    if response.status_code == 404:
        return None
    if response.is_error:
        raise RuntimeError(f"shop: {response.status_code}")
    return response.text


@DBOS.workflow()
def look_up(number: str) -> str | None:
    return read_order(number)


@DBOS.workflow()
def track(number: str) -> str:
    job = DBOS.enqueue_workflow("lookups", look_up, number)
    return job.get_result() or f"there is no {number}"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("lookups", polling_interval_sec=0.1)
    print(track("order-7"))
    #> there is no order-7
    DBOS.destroy()

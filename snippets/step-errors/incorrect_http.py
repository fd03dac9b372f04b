"""The status error cannot be rebuilt, so the workflow that waits misses it."""
# expect: raises TypeError
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
def read_order(number: str) -> str:
    response = shop.get(f"/orders/{number}")
    return response.raise_for_status().text


@DBOS.workflow()
def look_up(number: str) -> str:
    return read_order(number)


@DBOS.workflow()
def track(number: str) -> str:
    job = DBOS.enqueue_workflow("lookups", look_up, number)
    try:
        return job.get_result()
    except httpx.HTTPStatusError:
        return f"there is no {number}"


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
    DBOS.destroy()

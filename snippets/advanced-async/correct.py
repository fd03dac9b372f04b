"""Inside an event loop, the asynchronous twin is awaited."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


# --8<-- [start:rule]
@DBOS.workflow()
async def ship(order: str) -> str:
    await DBOS.set_event_async("progress", "packed")
    return f"{order} shipped"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(asyncio.run(ship("order-1")))
        #> order-1 shipped
    print("progress:", DBOS.get_event("order-1", "progress"))
    #> progress: packed
    DBOS.destroy()

"""A synchronous method of DBOS is called inside an event loop."""
# expect: raises RuntimeError

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


# --8<-- [start:rule]
@DBOS.workflow()
async def ship(order: str) -> str:
    DBOS.set_event("progress", "packed")
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
    print("progress:", DBOS.get_event("order-1", "progress"))
    DBOS.destroy()

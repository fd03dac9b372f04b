"""The next launch recovers what a cut-off request has left."""
# expect: crash

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
begun = asyncio.Event()


@DBOS.step()
async def charge() -> str:
    begun.set()
    if not CRASHED.exists():
        await asyncio.sleep(60)  # The request is cut off before.
    return "paid"


@DBOS.workflow()
async def checkout() -> str:
    return await charge()


async def request() -> None:
    with SetWorkflowID("order-1"):
        task = asyncio.ensure_future(checkout())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        asyncio.run(request())
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    result = DBOS.retrieve_workflow("order-1").get_result()
    print("cut off in a step, after the next launch:", result)
    DBOS.destroy()

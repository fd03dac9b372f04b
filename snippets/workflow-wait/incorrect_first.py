"""After a restart, another supplier is the first."""
# expect: crash

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

ORDERS = Path("orders.log")
CRASHED = Path("crashed")
gate = asyncio.Event()


async def hear_from(supplier: str) -> None:
    if supplier == "south" and not CRASHED.exists():
        await gate.wait()


@DBOS.workflow()
async def ask(supplier: str) -> str:
    await hear_from(supplier)
    return supplier


# --8<-- [start:rule]
@DBOS.workflow()
async def buy() -> str:
    south = await DBOS.start_workflow_async(ask, "south")
    north = await DBOS.start_workflow_async(ask, "north")
    answers = [
        asyncio.ensure_future(DBOS.get_result_async(asked))
        for asked in (south.workflow_id, north.workflow_id)
    ]
    done, _ = await asyncio.wait(answers, return_when=asyncio.FIRST_COMPLETED)
    first = next(task for task in answers if task in done)
    return await order(str(first.result()))


# --8<-- [end:rule]


@DBOS.step()
async def order(supplier: str) -> str:
    with ORDERS.open("a") as log:
        log.write(f"{supplier}\n")
    if not CRASHED.exists():
        gate.set()  # The other one answers too, before the process dies.
        await DBOS.get_result_async("buy-1-1")
        while len(await DBOS.list_workflow_steps_async("buy-1")) < 4:
            await asyncio.sleep(0.01)
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return supplier


async def main() -> str:
    with SetWorkflowID("buy-1"):
        handle = await DBOS.start_workflow_async(buy)
    return await handle.get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "purchases",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
        "max_executor_threads": 1,  # The answers are read in the order of the list.
    }
    DBOS(config=config)
    DBOS.launch()
    asyncio.run(main())
    print("suppliers with an order:", sorted(set(ORDERS.read_text().split())))
    DBOS.destroy()

"""The steps get their numbers before they race."""
# expect: crash
# once: send_receipt

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///checkout.sqlite")
CRASHED = Path("crashed")


async def send_receipt(order: str) -> None:
    pass


async def pack(order: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


async def hear_from(partner: str) -> None:
    """The slow one answers when the other's step is recorded."""
    slow, recorded = ("bank", 2) if CRASHED.exists() else ("warehouse", 1)
    if partner == slow:
        while len(await client.list_workflow_steps_async("order-1")) < recorded:
            await asyncio.sleep(0.01)


# --8<-- [start:rule]
@DBOS.workflow()
async def checkout(order: str) -> str:
    packing, billing = DBOS.reserve_step(), DBOS.reserve_step()

    async def fulfil() -> None:
        await hear_from("warehouse")
        await packing.run_async(None, pack, order)

    async def bill() -> None:
        await hear_from("bank")
        await billing.run_async(None, send_receipt, order)

    await asyncio.gather(fulfil(), bill())
    return f"{order} done"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": URL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    client = DBOSClient(system_database_url=URL, lazy=True)  # The launch recovers.
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(asyncio.run(checkout("order-1")))
    client.destroy()
    DBOS.destroy()

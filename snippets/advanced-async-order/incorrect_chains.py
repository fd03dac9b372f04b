"""Two chains of steps run side by side in one workflow."""
# expect: crash

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
BANK, STOCK = ("pack", None) if CRASHED.exists() else ("warehouse", "receipt")
begun: list[str | None] = [None]


async def call(partner: str) -> None:
    begun.append(partner)
    while (BANK if partner == "bank" else STOCK) not in begun:  # It waits for that.
        await asyncio.sleep(0.01)


@DBOS.step()
async def charge() -> None:
    pass


@DBOS.step()
async def send_receipt() -> None:
    begun.append("receipt")


@DBOS.step()
async def pack() -> None:
    begun.append("pack")


@DBOS.step()
async def close() -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "closed"


# --8<-- [start:rule]
async def bill() -> None:
    await call("bank")
    await charge()
    await send_receipt()


async def fulfil() -> None:
    await call("warehouse")
    await pack()


@DBOS.workflow()
async def checkout() -> str:
    await asyncio.gather(bill(), fulfil())
    return await close()


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(asyncio.run(checkout()))
    DBOS.destroy()

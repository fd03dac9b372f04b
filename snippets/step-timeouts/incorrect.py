"""The timeout is not recorded, so the recovered run gets a price."""
# expect: crash
# differs: only the correct one imports the error

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
#: Long in the second run, so that a slow machine does not matter.
LIMIT = 60 if CRASHED.exists() else 1.5


async def carrier_price(order: str) -> int:
    """The carrier's server does not answer before the crash."""
    if not CRASHED.exists():
        await asyncio.sleep(3600)
    return 4


@DBOS.step()
async def send_quote(order: str, price: int) -> int:
    return price


@DBOS.step()
async def charge(order: str, price: int) -> int:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return price


# --8<-- [start:rule]
@DBOS.step()
async def ask_carrier(order: str) -> int:
    return await carrier_price(order)


@DBOS.workflow()
async def ship(order: str) -> str:
    try:
        price = await asyncio.wait_for(ask_carrier(order), LIMIT)
    except TimeoutError:
        price = 9
    quoted = await send_quote(order, price)
    charged = await charge(order, price)
    return f"quoted {quoted}, charged {charged}"


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shipping",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(asyncio.run(ship("order-1")))
    DBOS.destroy()

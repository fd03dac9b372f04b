"""The patch is awaited by itself, so its number is always the same."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig


@DBOS.step()
async def check_fraud(order: str) -> str:
    return f"{order} checked"


@DBOS.step()
async def charge(order: str) -> str:
    return f"{order} charged"


# --8<-- [start:rule]
@DBOS.workflow()
async def checkout(order: str) -> list[str]:
    patched = await DBOS.patch_async("check-fraud")
    charged = await charge(order)
    checked = await check_fraud(order) if patched else "unchecked"
    return [charged, checked]


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
        "application_version": "checkout-1",
    }
    DBOS(config=config)
    DBOS.launch()
    print(asyncio.run(checkout("order-1")))
    #> ['order-1 charged', 'order-1 checked']
    DBOS.destroy()

"""The roles stand below the decorator of an async workflow, which cannot run."""
# expect: raises TypeError

import asyncio
import os

from dbos import DBOS, DBOSConfig, DBOSContextSetAuth


# --8<-- [start:rule]
@DBOS.workflow()
@DBOS.required_roles(["manager"])
async def refund(order: str) -> str:
    return f"{order} is paid back"


# --8<-- [end:rule]


async def main() -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with DBOSContextSetAuth("Ada", ["manager"]):
        print(await refund("order-1"))
    DBOS.destroy()


if __name__ == "__main__":
    asyncio.run(main())

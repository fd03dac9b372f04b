"""Which error a workflow gets when two steps in one `gather` fail."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig

may_fail = asyncio.Event()


@DBOS.step()
async def charge() -> None:
    await may_fail.wait()
    raise ValueError("error of step 1")


@DBOS.step()
async def pack() -> None:
    raise ValueError("error of step 2")


@DBOS.workflow()
async def ship() -> str:
    try:
        await asyncio.gather(charge(), pack())
    except ValueError as error:
        may_fail.set()
        return str(error)
    return "no error"


@DBOS.workflow()
async def ship_and_keep() -> str:
    errors = await asyncio.gather(charge(), pack(), return_exceptions=True)
    return ", ".join(map(str, errors))


async def run() -> tuple[str, str]:
    return await ship(), await ship_and_keep()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shipping",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    raised, kept = asyncio.run(run())
    print("two steps in `gather` fail, the second one first:", raised)
    #> two steps in `gather` fail, the second one first: error of step 2
    print("the same with `return_exceptions=True`:", kept)
    #> the same with `return_exceptions=True`: error of step 1, error of step 2
    DBOS.destroy()

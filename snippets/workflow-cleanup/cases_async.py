"""The same in an async workflow."""
# expect: ok

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

searching = asyncio.Event()
go_on = asyncio.Event()
met: dict[str, str] = {}


async def hold() -> None:
    searching.set()
    await go_on.wait()


@DBOS.step()
async def find_hotel() -> None:
    await hold()


@DBOS.step(preemptible=True)
async def find_car() -> None:
    await hold()


@DBOS.step()
async def free_seat() -> None:
    pass


async def error_of(call: Callable[[], Awaitable[None]]) -> str:
    try:
        await call()
    except error.DBOSBaseException as failure:
        return str(failure).split(":")[0].removeprefix("DBOS ").lower()
    return "no error"


@DBOS.workflow()
async def book(way: str) -> None:
    met[way] = await error_of(find_hotel if way == "step" else find_car)
    met[f"{way}, then"] = await error_of(free_seat)


async def cancelled(way: str) -> None:
    searching.clear()
    go_on.clear()
    with SetWorkflowID(way):
        handle = await DBOS.start_workflow_async(book, way)
    await searching.wait()
    await DBOS.cancel_workflow_async(way)
    if way == "step":
        go_on.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        await handle.get_result()


async def main() -> None:
    await cancelled("step")
    await cancelled("preemptible")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    asyncio.run(main())
    print("cancelled in an async step:", met["step"])
    #> cancelled in an async step: error 1
    print("cancelled in a step with `preemptible=True`:", met["preemptible"])
    #> cancelled in a step with `preemptible=True`: error 10
    print("after that error, an async step:", met["preemptible, then"])
    #> after that error, an async step: error 10
    DBOS.destroy()

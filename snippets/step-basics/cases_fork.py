"""A fork of an async workflow, from each of its two calls."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

ran: list[str] = []


@DBOS.step()
async def reserve(item: str) -> None:
    ran.append("reserve")


@DBOS.step()
async def ship(item: str) -> None:
    ran.append("ship")


@DBOS.workflow()
async def deliver(item: str) -> None:
    await reserve(item)
    await ship(item)


def fork(workflow_id: str, start_step: int) -> str:
    ran.clear()
    DBOS.fork_workflow(workflow_id, start_step).get_result()
    return f"runs {' and '.join(ran)}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("lamp"):
        asyncio.run(deliver("lamp"))
    print("an async workflow:", f"runs {' and '.join(ran)}")
    #> an async workflow: runs reserve and ship
    print("a fork of the async workflow from call 2:", fork("lamp", 2))
    #> a fork of the async workflow from call 2: runs ship
    print("a fork of the async workflow from call 1:", fork("lamp", 1))
    #> a fork of the async workflow from call 1: runs reserve and ship
    DBOS.destroy()

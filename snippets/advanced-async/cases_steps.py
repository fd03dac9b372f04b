"""Which ways to call a step record it, and what reserve_step refuses."""
# expect: ok

import asyncio
import os
from collections.abc import Callable, Coroutine

from dbos import DBOS, DBOSConfig


async def pack(order: str) -> str:
    return f"{order} packed"


@DBOS.workflow()
async def pack_twice(order: str) -> str:
    packing = DBOS.reserve_step()
    await packing.run_async(None, pack, order)
    return await packing.run_async(None, pack, order)


@DBOS.step()
async def reserve(order: str) -> str:
    return await DBOS.reserve_step().run_async(None, pack, order)


@DBOS.workflow()
async def reserve_in_step(order: str) -> str:
    return await reserve(order)


@DBOS.step()
def print_label(order: str) -> str:
    try:
        asyncio.get_running_loop()
        return "in the loop"
    except RuntimeError:
        return "in a thread"


@DBOS.workflow()
async def label(way: str) -> str:
    """Where the step runs that is called in this way, and whether it is recorded."""
    if way == "to_thread":
        place = await asyncio.to_thread(print_label, way)
    elif way == "run_in_executor":
        loop = asyncio.get_running_loop()
        place = await loop.run_in_executor(None, print_label, way)
    else:
        place = await DBOS.run_step_async(None, print_label, way)
    steps = await DBOS.list_workflow_steps_async(DBOS.workflow_id or "")
    return f"runs {place}, {len(steps)} recorded"


def labelled(way: str) -> str:
    return asyncio.run(label(way))


def outcome(workflow: Callable[[str], Coroutine[None, None, str]]) -> str:
    try:
        return asyncio.run(workflow("order-1"))
    except Exception as error:
        return str(error).removeprefix("DBOS Error: ").split(",")[0]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("a synchronous step in `run_step_async`:", labelled("run_step_async"))
    #> a synchronous step in `run_step_async`: runs in a thread, 1 recorded
    print("a synchronous step in `asyncio.to_thread`:", labelled("to_thread"))
    #> a synchronous step in `asyncio.to_thread`: runs in a thread, 1 recorded
    print("a synchronous step in `loop.run_in_executor`:", labelled("run_in_executor"))
    #> a synchronous step in `loop.run_in_executor`: runs in a thread, 0 recorded
    print("a reservation that is run twice:", outcome(pack_twice))
    #> a reservation that is run twice: A step reservation can only be run once
    print("`reserve_step` inside a step:", outcome(reserve_in_step))
    #> `reserve_step` inside a step: DBOS.reserve_step must be called from a workflow
    DBOS.destroy()

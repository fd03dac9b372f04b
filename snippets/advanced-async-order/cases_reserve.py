"""What a reservation takes, and where it is refused."""
# expect: ok

import asyncio
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepReservation

shipped: list[str] = []


@DBOS.step()
async def pack(order: str) -> str:
    return f"{order} packed"


async def ship(order: str) -> str:
    shipped.append(order)
    return f"{order} shipped"


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


@DBOS.workflow()
async def never_run(order: str) -> str:
    DBOS.reserve_step()
    return await DBOS.run_step_async(None, ship, order)


@DBOS.workflow()
async def run_last(order: str) -> str:
    packing = DBOS.reserve_step()
    await DBOS.run_step_async(None, ship, order)
    return await packing.run_async({"name": "wrap"}, pack, order)


@DBOS.workflow()
async def in_child(order: str) -> str:
    return await hand_over(DBOS.reserve_step())


@DBOS.workflow()
async def hand_over(packing: Any) -> str:
    return await packing.run_async(None, pack, "order-1")


def pack_now(order: str) -> str:
    return f"{order} packed"


@DBOS.workflow()
def in_pool(order: str) -> str:
    reserved: StepReservation = DBOS.reserve_step()
    with ThreadPoolExecutor() as pool:
        return pool.submit(reserved.run, None, pack_now, order).result()


def outcome(workflow: Callable[[str], Any]) -> str:
    try:
        with SetWorkflowID(workflow.__name__):
            result = workflow("order-1")
            if isinstance(result, Coroutine):
                result = asyncio.run(result)
            return str(result)
    except Exception as error:
        text = str(error).removeprefix("DBOS Error: ").split(",")[0]
        return text.partition(" and ")[2] or text


def recorded(workflow_id: str) -> str:
    steps = DBOS.list_workflow_steps(workflow_id)
    return ", ".join(f"{s['function_id']} {s['function_name']}" for s in steps)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("a reservation that is run twice:", outcome(pack_twice))
    #> a reservation that is run twice: A step reservation can only be run once
    print("`reserve_step` inside a step:", outcome(reserve_in_step))
    #> `reserve_step` inside a step: DBOS.reserve_step must be called from a workflow
    outcome(never_run)
    print("a reservation that is never run, and a step:", recorded("never_run"))
    #> a reservation that is never run, and a step: 2 ship
    DBOS.fork_workflow("never_run", 3).get_result()
    print("runs of that step, after a fork from number 3:", len(shipped))
    #> runs of that step, after a fork from number 3: 1
    outcome(run_last)
    print("a reservation that is run after a later step:", recorded("run_last"))
    #> a reservation that is run after a later step: 1 wrap, 2 ship
    print("a reservation that is run in a child:", outcome(in_child))
    #> a reservation that is run in a child: must be run from that workflow
    print("a reservation that is run in a thread pool:", outcome(in_pool))
    #> a reservation that is run in a thread pool: must be run from that workflow
    DBOS.destroy()

"""Which ways to wait for a workflow let other tasks of the loop go on."""
# expect: ok

import asyncio
import itertools
import os
import time
from collections.abc import Awaitable, Callable

from dbos import DBOS, DBOSConfig, WorkflowHandle


@DBOS.step()
def print_label(order: str) -> str:
    time.sleep(0.6)  # A library that knows nothing of asyncio.
    return f"label for {order}"


@DBOS.workflow()
def ship(order: str) -> str:
    return print_label(order)


async def tick(ticks: list[float]) -> None:
    """Notes the time again and again, as long as the loop is free."""
    while True:
        ticks.append(time.monotonic())
        await asyncio.sleep(0.01)


async def longest_pause(
    wait: Callable[[WorkflowHandle[str]], Awaitable[object]],
) -> float:
    handle = await asyncio.to_thread(DBOS.start_workflow, ship, "order-1")
    ticks = [time.monotonic()]
    other = asyncio.create_task(tick(ticks))
    await asyncio.sleep(0)
    await wait(handle)
    other.cancel()
    ticks.append(time.monotonic())
    return max(after - at for at, after in itertools.pairwise(ticks))


def loop_during(wait: Callable[[WorkflowHandle[str]], Awaitable[object]]) -> str:
    pause = asyncio.run(longest_pause(wait))
    return "the loop stands still" if pause > 0.3 else "the loop goes on"


async def in_the_loop(handle: WorkflowHandle[str]) -> str:
    return handle.get_result()


async def by_id(handle: WorkflowHandle[str]) -> object:
    return await DBOS.get_result_async(handle.workflow_id)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print("`handle.get_result()` in the loop:", loop_during(in_the_loop))
    #> `handle.get_result()` in the loop: the loop stands still
    print("`await DBOS.get_result_async`:", loop_during(by_id))
    #> `await DBOS.get_result_async`: the loop goes on
    DBOS.destroy()

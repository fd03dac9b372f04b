"""Which ways to wait for a workflow let other tasks of the loop go on."""
# expect: ok

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable

from dbos import DBOS, DBOSConfig, WorkflowHandle

answered = threading.Event()


@DBOS.step()
def print_label(order: str) -> str:
    """Takes until another task of the loop has ended, or two seconds."""
    return "the loop goes on" if answered.wait(2) else "the loop stands still"


@DBOS.workflow()
def ship(order: str) -> str:
    return print_label(order)


async def answer_request() -> None:
    await asyncio.sleep(0.1)
    answered.set()


async def loop_during(
    wait: Callable[[WorkflowHandle[str]], Awaitable[object]],
) -> object:
    answered.clear()
    handle = await asyncio.to_thread(DBOS.start_workflow, ship, "order-1")
    other = asyncio.create_task(answer_request())
    seen = await wait(handle)
    await other
    return seen


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
    print("`handle.get_result()` in the loop:", asyncio.run(loop_during(in_the_loop)))
    #> `handle.get_result()` in the loop: the loop stands still
    print("`await DBOS.get_result_async`:", asyncio.run(loop_during(by_id)))
    #> `await DBOS.get_result_async`: the loop goes on
    DBOS.destroy()

"""Which ways to call a step run it in a thread and record it."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig


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
    DBOS.destroy()

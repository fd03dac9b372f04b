"""Which threads know the workflow that started them."""
# expect: ok
# since: 3.4

import asyncio
import contextvars
import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.step()
def render(page: int) -> str:
    return f"page {page} in {DBOS.workflow_id}"


def in_thread(call: Callable[[], object]) -> None:
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()


@DBOS.workflow()
def plain_thread() -> None:
    in_thread(lambda: render(1))


@DBOS.workflow()
def copied_context() -> None:
    context = contextvars.copy_context()
    in_thread(lambda: context.run(render, 1))


@DBOS.workflow()
async def to_thread() -> None:
    await asyncio.to_thread(render, 1)


@DBOS.workflow()
async def in_executor() -> None:
    await asyncio.get_running_loop().run_in_executor(None, render, 1)


@DBOS.step()
def double_all() -> list[int]:
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda page: page * 2, [1, 2]))


@DBOS.step()
def render_all() -> list[str]:
    with ThreadPoolExecutor() as pool:
        return list(pool.map(render, [1, 2]))


@DBOS.workflow()
def pool_in_step() -> None:
    double_all()


@DBOS.workflow()
def steps_in_step() -> None:
    render_all()


def recorded(workflow: Callable[[], None]) -> str:
    with SetWorkflowID(workflow.__name__):
        workflow()
    return names(workflow.__name__)


async def recorded_async(workflow: Callable[[], Awaitable[None]]) -> str:
    with SetWorkflowID(workflow.__name__):
        await workflow()
    return await asyncio.to_thread(names, workflow.__name__)


def names(workflow_id: str) -> str:
    steps = DBOS.list_workflow_steps(workflow_id)
    return ", ".join(step["function_name"] for step in steps) or "none"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("recorded, step in a `threading.Thread`:", recorded(plain_thread))
    #> recorded, step in a `threading.Thread`: none
    print("recorded, step in a thread with a copied context:", recorded(copied_context))
    #> recorded, step in a thread with a copied context: render
    found = asyncio.run(recorded_async(to_thread))
    print("recorded, step in `asyncio.to_thread`:", found)
    #> recorded, step in `asyncio.to_thread`: render
    found = asyncio.run(recorded_async(in_executor))
    print("recorded, step in `loop.run_in_executor`:", found)
    #> recorded, step in `loop.run_in_executor`: none
    print("recorded, step with a thread pool inside:", recorded(pool_in_step))
    #> recorded, step with a thread pool inside: double_all
    print("recorded, step whose pool calls steps:", recorded(steps_in_step))
    #> recorded, step whose pool calls steps: render_all
    DBOS.destroy()

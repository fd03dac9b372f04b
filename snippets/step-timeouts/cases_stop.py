"""What a timeout stops, and what goes on."""
# expect: ok

import asyncio
import os
import threading
import time
from collections.abc import Awaitable, Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

LIMIT = 0.2
past_limit = threading.Event()
ended = threading.Event()
cleaned: list[str] = []


@DBOS.step(timeout_seconds=LIMIT)
async def block() -> str:
    time.sleep(2 * LIMIT)
    return "a value"


@DBOS.step(timeout_seconds=1.5)  # A thread that begins too late would not begin.
async def use_thread() -> None:
    def work() -> None:
        past_limit.wait()
        ended.set()

    await asyncio.to_thread(work)


@DBOS.step(timeout_seconds=LIMIT)
async def clean_up() -> None:
    try:
        await asyncio.sleep(3600)
    finally:
        await asyncio.sleep(LIMIT)
        cleaned.append("file")


@DBOS.step(timeout_seconds=LIMIT)
async def go_on() -> str:
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        pass
    return "a value"


@DBOS.step(timeout_seconds=LIMIT)
async def pause() -> str:
    await asyncio.sleep(1)
    return "a value"


@DBOS.step()
async def outer() -> str:
    return await pause()


@DBOS.workflow()
async def work(name: str) -> str:
    return await outcome(STEPS[name])


STEPS: dict[str, Callable[[], Awaitable[object]]] = {
    step.__name__: step for step in (block, use_thread, clean_up, go_on, pause, outer)
}


async def outcome(step: Callable[[], Awaitable[object]]) -> str:
    try:
        return str(await step())
    except TimeoutError:
        return "TimeoutError"
    except error.DBOSException as failure:
        return type(failure).__name__


def start(name: str) -> str:
    with SetWorkflowID(name):
        DBOS.start_workflow(work, name)
    return name


def end(name: str) -> str:
    return DBOS.retrieve_workflow(name).get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shipping",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    inner = start("outer")
    print("a step that blocks with `time.sleep`:", end(start("block")))
    #> a step that blocks with `time.sleep`: a value
    print("a step that waits for a thread:", end(start("use_thread")))
    #> a step that waits for a thread: DBOSStepTimeoutError
    past_limit.set()
    print("its thread ends afterwards:", ended.wait(timeout=5))
    #> its thread ends afterwards: True
    print("a step that catches the `CancelledError`:", end(start("go_on")))
    #> a step that catches the `CancelledError`: DBOSStepTimeoutError
    cleaned_up = f"{end(start('clean_up'))}, cleaned up: {bool(cleaned)}"
    print("a step that awaits in its `finally`:", cleaned_up)
    #> a step that awaits in its `finally`: DBOSStepTimeoutError, cleaned up: True
    print("the step, called outside a workflow:", asyncio.run(outcome(pause)))
    #> the step, called outside a workflow: a value
    print("the step, called in another step:", end(inner))
    #> the step, called in another step: a value
    DBOS.destroy()

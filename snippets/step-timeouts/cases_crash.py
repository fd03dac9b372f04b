"""What a recovered run gets where the first run was past the limit."""
# expect: crash

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
#: Long in the second run, so that a slow machine does not matter.
LIMIT = 60 if CRASHED.exists() else 0.2
begun = threading.Event()
past_limit = threading.Event()


async def answer() -> str:
    """There is none before the crash."""
    begun.set()
    if not CRASHED.exists():
        await asyncio.sleep(3600)
    return "a value"


limited = DBOS.step(name="limited", timeout_seconds=LIMIT)(answer)
step = DBOS.step(name="step")(answer)


@DBOS.step()
def sync_step() -> str:
    begun.set()
    past_limit.wait()
    return "a value"


async def begin(call: Awaitable[str]) -> asyncio.Future[str]:
    """Before the crash, the limit holds for a step that has begun."""
    begun.clear()
    task = asyncio.ensure_future(call)
    while not begun.is_set() and not CRASHED.exists():
        await asyncio.sleep(0.01)
    return task


async def wait_for(call: Awaitable[str]) -> str:
    return await asyncio.wait_for(await begin(call), LIMIT)


async def time_limit() -> str:
    task = await begin(step())
    async with asyncio.timeout(LIMIT):
        return await task


async def wait() -> str:
    done, _ = await asyncio.wait([await begin(step())], timeout=LIMIT)
    return done.pop().result() if done else "nothing"


WAYS: list[Callable[[], Awaitable[str]]] = [
    limited,
    lambda: wait_for(step()),
    time_limit,
    wait,
    lambda: wait_for(asyncio.to_thread(sync_step)),
]


async def outcome(way: Callable[[], Awaitable[str]]) -> str:
    try:
        return await way()
    except Exception as error:
        return type(error).__name__


@DBOS.step()
async def note(outcome: str) -> str:
    return outcome


@DBOS.step()
async def crash_once() -> None:
    if not CRASHED.exists():
        # The step in the thread goes on after the limit, and makes the last record.
        past_limit.set()
        while len(await DBOS.list_workflow_steps_async("ship-1")) < len(WAYS) + 2:
            await asyncio.sleep(0.01)
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
async def ship() -> list[str]:
    ends: list[str] = []
    for way in WAYS:
        now = await outcome(way)
        ends.append(f"{await note(now)}, then {now}")
    await crash_once()
    return ends


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shipping",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("ship-1"):
        ends = asyncio.run(ship())
    print("`timeout_seconds`, recovered:", ends[0])
    print("`asyncio.wait_for`, recovered:", ends[1])
    print("`asyncio.timeout`, recovered:", ends[2])
    print("`asyncio.wait`, recovered:", ends[3])
    print("`wait_for`, a sync step in a thread, recovered:", ends[4])
    DBOS.destroy()

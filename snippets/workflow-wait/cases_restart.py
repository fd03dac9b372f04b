"""What limits of a wait in a workflow decide, before and after a restart."""
# expect: crash

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
SEEN = Path("seen.log")
#: Long in the second run, so that a slow machine does not matter.
LIMIT = 60 if CRASHED.exists() else 1
gate = asyncio.Event()


@DBOS.workflow()
async def report() -> str:
    built = await build()
    await DBOS.set_event_async("report", built)
    return built


@DBOS.step()
async def build() -> str:
    if not CRASHED.exists():
        await gate.wait()
    return "in time"


@DBOS.workflow()
async def decide() -> None:
    child = await DBOS.start_workflow_async(report)
    found = await DBOS.get_event_async("decide-1", "report", timeout_seconds=LIMIT)
    try:
        by_wait_for = await asyncio.wait_for(child.get_result(), LIMIT)
    except TimeoutError:
        by_wait_for = "late"
    await note(found or "late", by_wait_for)


@DBOS.step()
async def note(*seen: str) -> None:
    with SEEN.open("a") as log:
        log.write(",".join(seen) + "\n")
    if not CRASHED.exists():
        gate.set()  # The report is ready before the process dies.
        await DBOS.get_result_async("decide-1")
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


async def main() -> None:
    with SetWorkflowID("decide"):
        await (await DBOS.start_workflow_async(decide)).get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    asyncio.run(main())
    lines = [line.split(",") for line in SEEN.read_text().splitlines()]
    by_event, by_wait_for = zip(*lines, strict=True)
    print("a timeout of `get_event`, before and after:", ", ".join(by_event))
    print("`asyncio.wait_for`, before and after:", ", ".join(by_wait_for))
    DBOS.destroy()

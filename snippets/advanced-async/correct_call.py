"""A thread starts the synchronous workflow, and the loop goes on."""
# expect: ok

import asyncio
import itertools
import os
import time

from dbos import DBOS, DBOSConfig


@DBOS.step()
def render(month: str) -> str:
    time.sleep(1)  # A library that knows nothing of asyncio.
    return f"report for {month}"


@DBOS.workflow()
def build_report(month: str) -> str:
    return render(month)


# --8<-- [start:rule]
async def handle_request(month: str) -> str | None:
    start = DBOS.start_workflow
    handle = await asyncio.to_thread(start, build_report, month)
    return await DBOS.get_result_async(handle.workflow_id)


# --8<-- [end:rule]


async def beat(beats: list[float]) -> None:
    """Notes the time again and again, as long as the loop is free."""
    while True:
        beats.append(time.monotonic())
        await asyncio.sleep(0.01)


async def longest_pause() -> tuple[str | None, float]:
    """The result, and the longest time in which no other task could run."""
    beats = [time.monotonic()]
    other = asyncio.create_task(beat(beats))
    report = await handle_request("May")
    other.cancel()
    beats.append(time.monotonic())
    return report, max(after - at for at, after in itertools.pairwise(beats))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    report, pause = asyncio.run(longest_pause())
    print(report)
    #> report for May
    print("the loop stood still for the whole call:", pause >= 1)
    #> the loop stood still for the whole call: False
    DBOS.destroy()

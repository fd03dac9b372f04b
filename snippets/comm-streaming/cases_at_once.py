"""Two streams that a workflow or a step reads in turn, or waits for at once."""
# expect: ok
# since: 3.4

import asyncio
import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def build_report() -> None:
    for chapter, total in (("sales", 100), ("costs", 60)):
        DBOS.write_stream("chapters", chapter)
        DBOS.write_stream("totals", total)


@DBOS.workflow()
def read_in_turn(report: str) -> list[object]:
    chapters = DBOS.read_stream(report, "chapters")
    totals = DBOS.read_stream(report, "totals")
    return [value for pair in zip(chapters, totals, strict=True) for value in pair]


async def read_at_once(report: str) -> list[list[object]]:
    async def read(key: str) -> list[object]:
        return [value async for value in DBOS.read_stream_async(report, key)]

    return list(await asyncio.gather(read("chapters"), read("totals")))


@DBOS.step()
async def read_in_step(report: str) -> list[list[object]]:
    return await read_at_once(report)


@DBOS.workflow()
async def audit(report: str) -> list[list[object]]:
    return await read_in_step(report)


@DBOS.workflow()
async def audit_without_step(report: str) -> list[list[object]]:
    return await read_at_once(report)


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as problem:
        return type(problem).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-1"):
        build_report()
    at_once = outcome(lambda: asyncio.run(audit_without_step("report-1")))
    in_step = outcome(lambda: asyncio.run(audit("report-1")))
    in_turn = outcome(lambda: read_in_turn("report-1"))
    print("a workflow reads two streams in turn:", in_turn)
    #> a workflow reads two streams in turn: ['sales', 100, 'costs', 60]
    print("a workflow waits for two streams at once:", at_once)
    #> a workflow waits for two streams at once: DBOSStreamNondeterminismError
    print("a step waits for two streams at once:", in_step)
    #> a step waits for two streams at once: [['sales', 'costs'], [100, 60]]
    DBOS.destroy()

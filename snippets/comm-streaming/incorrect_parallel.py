"""One workflow reads two streams at the same time."""
# expect: raises DBOSStreamNondeterminismError

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def build_report() -> None:
    DBOS.write_stream("chapters", "sales")
    DBOS.write_stream("totals", 100)


# --8<-- [start:rule]
async def read(report: str, key: str) -> list[object]:
    return [value async for value in DBOS.read_stream_async(report, key)]


@DBOS.workflow()
async def audit(report: str) -> list[list[object]]:
    chapters, totals = await asyncio.gather(
        read(report, "chapters"), read(report, "totals")
    )
    return [chapters, totals]


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-1"):
        build_report()
    with SetWorkflowID("audit-1"):
        print(asyncio.run(audit("report-1")))
    DBOS.destroy()

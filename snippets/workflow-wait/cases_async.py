"""Limits of a wait in async code."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

gate = asyncio.Event()


@DBOS.step()
async def build() -> str:
    await gate.wait()
    return "built"


@DBOS.workflow()
async def report() -> str:
    return await build()


async def limited(*, by_id: bool) -> str:
    handle = await DBOS.retrieve_workflow_async("report-1")
    wait = DBOS.get_result_async("report-1") if by_id else handle.get_result()
    try:
        await asyncio.wait_for(wait, 0.3)
    except TimeoutError as failure:
        status = await handle.get_status()
        return f"{type(failure).__name__}, {status.status}"
    return "no limit"


async def started(*, unknown: bool) -> str:
    try:
        await DBOS.retrieve_workflow_async("unknown" if unknown else "report-1")
    except Exception as failure:
        return type(failure).__name__
    return "known"


async def main() -> tuple[str, str, str, str]:
    with SetWorkflowID("report-1"):
        handle = await DBOS.start_workflow_async(report)
    one = await limited(by_id=False)
    two = await limited(by_id=True)
    three = await started(unknown=True)
    gate.set()
    return one, two, three, await handle.get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    by_handle, by_id, unknown, end = asyncio.run(main())
    print("`asyncio.wait_for` around a handle's `get_result`:", by_handle)
    #> `asyncio.wait_for` around a handle's `get_result`: TimeoutError, PENDING
    print("`asyncio.wait_for` around `get_result_async`:", by_id)
    #> `asyncio.wait_for` around `get_result_async`: TimeoutError, PENDING
    print("the workflow that both of them awaited, in the end:", end)
    #> the workflow that both of them awaited, in the end: built
    print("`retrieve_workflow_async` of an unknown id:", unknown)
    #> `retrieve_workflow_async` of an unknown id: DBOSNonExistentWorkflowError
    DBOS.destroy()

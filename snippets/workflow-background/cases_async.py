"""What the handle of an async workflow gives to synchronous code."""
# expect: ok
# types: bad-return - its types take the result for a coroutine

import asyncio
import inspect
import os
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.step()
async def render(month: str) -> str:
    return f"report for {month}"


@DBOS.workflow()
async def build_report(month: str) -> str:
    return await render(month)


@DBOS.workflow()
async def refuse() -> None:
    raise ValueError("no month")


@DBOS.workflow()
def close_month(month: str) -> str:
    return DBOS.start_workflow(build_report, month).get_result()


def kind(value: Any) -> str:
    """The value, if there is nothing to await."""
    if not inspect.iscoroutine(value):
        return repr(value)
    value.close()
    return "a coroutine"


def failure() -> str:
    try:
        return str(DBOS.start_workflow(refuse).get_result())
    except ValueError as error:
        return type(error).__name__


async def in_loop() -> tuple[str, str]:
    """What its handle gives to async code, before and after the await."""
    handle = await DBOS.start_workflow_async(build_report, "May")
    return kind(handle.get_result()), kind(await handle.get_result())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", polling_interval_sec=0.1)
    print("an async workflow, called by synchronous code:", kind(build_report("May")))
    #> an async workflow, called by synchronous code: a coroutine
    with SetWorkflowID("report-may"):
        handle = DBOS.start_workflow(build_report, "May")
    value = handle.get_result()
    print("`get_result()` after `DBOS.start_workflow` of it:", kind(value))
    #> `get_result()` after `DBOS.start_workflow` of it: 'report for May'
    found = DBOS.retrieve_workflow("report-may")
    print("`get_result()` of a retrieved handle:", kind(found.get_result()))
    #> `get_result()` of a retrieved handle: 'report for May'
    queued = DBOS.enqueue_workflow("reports", build_report, "May")
    print("`get_result()` of an enqueued async workflow:", kind(queued.get_result()))
    #> `get_result()` of an enqueued async workflow: 'report for May'
    print("a synchronous parent that returns it:", close_month("May"))
    #> a synchronous parent that returns it: report for May
    print("`get_result()` of an async workflow that fails:", failure())
    #> `get_result()` of an async workflow that fails: ValueError
    first, awaited = asyncio.run(in_loop())
    print("`get_result()` after `await DBOS.start_workflow_async`:", first)
    #> `get_result()` after `await DBOS.start_workflow_async`: a coroutine
    print("the same, awaited:", awaited)
    #> the same, awaited: 'report for May'
    DBOS.destroy()

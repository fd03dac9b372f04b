"""Cancelling async workflows, and steps that can be interrupted."""
# expect: ok

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

entered = asyncio.Event()
checked = asyncio.Event()
release = asyncio.Event()
seen: list[str] = []


async def hold(step: str) -> None:
    entered.set()
    try:
        await release.wait()
    except asyncio.CancelledError:
        seen.append(f"{step} is interrupted")
        raise
    seen.append(f"{step} ends")


@DBOS.step()
async def upload() -> None:
    await hold("the step")


@DBOS.step()
async def check() -> None:
    await checked.wait()


@DBOS.step(preemptible=True)
async def download() -> None:
    await hold("the step")


@DBOS.workflow()
async def export() -> None:
    await upload()


@DBOS.workflow()
async def fetch() -> None:
    await download()


@DBOS.workflow()
async def export_checked() -> None:
    await asyncio.gather(check(), upload())


async def cancelled(
    workflow: Callable[[], Coroutine[Any, Any, None]], workflow_id: str, *, go_on: bool
) -> str:
    entered.clear()
    release.clear()
    checked.clear()
    seen.clear()
    with SetWorkflowID(workflow_id):
        handle = await DBOS.start_workflow_async(workflow)
    await entered.wait()
    await DBOS.cancel_workflow_async(workflow_id)
    checked.set()
    if go_on:
        release.set()
    try:
        await handle.get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        seen.append(str(failure)[5:13])
    release.set()
    await asyncio.sleep(0.1)  # A step that still runs can end.
    return "; ".join(seen)


def declare() -> str:
    try:
        DBOS.step(preemptible=True)(threading.active_count)
    except error.DBOSException as failure:
        return str(failure).partition(". ")[2]
    return "accepted"


async def main() -> tuple[str, str, str]:
    plain = await cancelled(export, "export-1", go_on=True)
    preemptible = await cancelled(fetch, "fetch-1", go_on=False)
    both = await cancelled(export_checked, "export-2", go_on=False)
    return plain, preemptible, both


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "exports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    plain, preemptible, both = asyncio.run(main())
    print("an async step, and its run's handle:", plain)
    #> an async step, and its run's handle: the step ends; Error 13
    print("an async step with `preemptible=True`:", preemptible)
    #> an async step with `preemptible=True`: the step is interrupted; Error 13
    print("two steps side by side:", both)
    #> two steps side by side: Error 13; the step ends
    print("a sync `preemptible` step:", declare())
    #> a sync `preemptible` step: Preemption is only supported for async steps.
    DBOS.destroy()

"""A cancel of the parent while its steps run in one `gather`."""
# expect: ok
# since: 3.2

import asyncio
import os
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

begun = asyncio.Semaphore(0)
go_on = asyncio.Event()
seen: list[str] = []


@DBOS.step()
async def fetch(page: int) -> str:
    begun.release()
    await go_on.wait()
    return f"text {page}"


@DBOS.step()
async def publish() -> None:
    seen.append("published")


@DBOS.workflow()
async def book(*, keep: bool) -> None:
    outcomes = await asyncio.gather(fetch(1), fetch(2), return_exceptions=keep)
    seen.extend({type(outcome).__name__ for outcome in outcomes})
    await publish()


async def cancelled(*, keep: bool) -> str:
    """What the code behind `gather` has seen."""
    go_on.clear()
    seen.clear()
    with SetWorkflowID(f"book-{keep}"):
        handle = await DBOS.start_workflow_async(book, keep=keep)
    for _ in range(2):
        await begun.acquire()
    await DBOS.cancel_workflow_async(handle.workflow_id)
    go_on.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        await handle.get_result()
    return ", ".join(seen) or "nothing"


async def run() -> tuple[str, str]:
    return await cancelled(keep=False), await cancelled(keep=True)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "book",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    raised, kept = asyncio.run(run())
    print("cancelled in `gather`, what runs behind it:", raised)
    #> cancelled in `gather`, what runs behind it: nothing
    print("with `return_exceptions=True`, both outcomes:", kept)
    #> with `return_exceptions=True`, both outcomes: DBOSWorkflowConflictIDError
    DBOS.destroy()

"""Steps that are all started in one gather keep their numbers."""
# expect: crash

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///downloads.sqlite")
CRASHED = Path("crashed")


async def answer(page: int) -> None:
    """On the first run, page 1 comes last and ends the process."""
    if page == 1 and not CRASHED.exists():
        while len(await client.list_workflow_steps_async("download-1")) < 2:
            await asyncio.sleep(0.01)  # Until the other pages are recorded.
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


# --8<-- [start:rule]
@DBOS.step()
async def fetch(page: int) -> str:
    await answer(page)
    return f"page {page}"


@DBOS.workflow()
async def download() -> list[str]:
    pages = [fetch(page) for page in (1, 2, 3)]
    return await asyncio.gather(*pages)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "downloads",
        "system_database_url": URL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    client = DBOSClient(system_database_url=URL, lazy=True)  # The launch recovers.
    DBOS.launch()
    with SetWorkflowID("download-1"):
        print(asyncio.run(download()))
    client.destroy()
    DBOS.destroy()

"""Async steps in one gather, with a limit, and one that fails; killed in the middle."""
# expect: ok

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///book.sqlite")
FETCHED = Path("fetched.log")
CRASHED = Path("crashed")


async def download(page: int) -> str:
    """The first process dies in page 4, when the other pages are recorded."""
    with FETCHED.open("a") as log:
        log.write(f"page {page}\n")
    if page == 2:
        raise ValueError(f"page {page} is gone")
    if page == 4 and not CRASHED.exists():
        while len(await client.list_workflow_steps_async("book-1")) < 3:
            await asyncio.sleep(0.01)
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"text {page}"


# --8<-- [start:rule]
@DBOS.step()
async def fetch(page: int) -> str:
    return await download(page)


@DBOS.workflow()
async def fetch_book(pages: list[int]) -> list[str]:
    limit = asyncio.Semaphore(2)

    async def limited(page: int) -> str:
        async with limit:
            return await fetch(page)

    every = [limited(page) for page in pages]
    texts = await asyncio.gather(*every, return_exceptions=True)
    return [str(text) for text in texts]


# --8<-- [end:rule]


if __name__ == "__main__":
    if "worker" not in sys.argv:
        worker = subprocess.run([sys.executable, __file__, "worker"])
        print("the first process was killed:", worker.returncode == -signal.SIGKILL)
        #> the first process was killed: True
    config: DBOSConfig = {
        "name": "book",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    client = DBOSClient(system_database_url=URL, lazy=True)
    DBOS.launch()
    with SetWorkflowID("book-1"):
        print("the second process:", asyncio.run(fetch_book([1, 2, 3, 4])))
        #> the second process: ['text 1', 'page 2 is gone', 'text 3', 'text 4']
    fetched = FETCHED.read_text().splitlines()
    print("page 4 was fetched:", fetched.count("page 4"))
    #> page 4 was fetched: 2
    print("pages 1 to 3 were fetched:", len(fetched) - fetched.count("page 4"))
    #> pages 1 to 3 were fetched: 3
    client.destroy()
    DBOS.destroy()

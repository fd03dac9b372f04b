"""One step fetches all pages, and begins anew after a crash."""
# expect: wrong

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

# Two processes, and in each a wait for a result that looks once a second.
FETCHED = Path("fetched.log")
CRASHED = Path("crashed")


def download(page: int) -> str:
    """The first process dies in page 3, when pages 1 and 2 have ended."""
    with FETCHED.open("a") as log:
        log.write(f"page {page}\n")
    if page == 3 and not CRASHED.exists():
        while {"book-1-1", "book-1-2"} & unfinished():
            time.sleep(0.01)
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"text {page}"


def unfinished() -> set[str]:
    runs = DBOS.list_workflows(status=["PENDING", "ENQUEUED"])
    return {run.workflow_id for run in runs}


# --8<-- [start:rule]
@DBOS.step()
def fetch_all(pages: list[int]) -> list[str]:
    return [download(page) for page in pages]


@DBOS.workflow()
def fetch_book(pages: list[int]) -> list[str]:
    return fetch_all(pages)


# --8<-- [end:rule]


def work() -> list[str]:
    config: DBOSConfig = {
        "name": "book",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("pages", worker_concurrency=2, polling_interval_sec=0.1)
    with SetWorkflowID("book-1"):
        texts = fetch_book([1, 2, 3, 4])
    DBOS.destroy()
    return texts


if __name__ == "__main__":
    if "worker" in sys.argv:
        work()
    else:
        worker = subprocess.run([sys.executable, __file__, "worker"])
        print("the first process was killed:", worker.returncode == -signal.SIGKILL)
        #> the first process was killed: True
        print("the second process:", work())
        #> the second process: ['text 1', 'text 2', 'text 3', 'text 4']
        fetched = FETCHED.read_text().splitlines()
        print("page 1 was fetched:", fetched.count("page 1"))
        #> page 1 was fetched: 2

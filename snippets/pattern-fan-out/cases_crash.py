"""What a restart changes when all children have ended."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
RUNS = Path("runs.log")


@DBOS.workflow()
def fetch_page(page: int) -> str:
    with RUNS.open("a") as log:
        log.write(f"{page}\n")
    if page == 2:
        raise ValueError(f"page {page} is gone")
    return f"text {page}"


@DBOS.workflow()
def fetch_book(pages: list[int]) -> str:
    children = [DBOS.enqueue_workflow("pages", fetch_page, page) for page in pages]
    outcomes = []
    for child in children:
        try:
            outcomes.append(child.get_result())
        except Exception as error:
            outcomes.append(f"{type(error).__name__}: {error}")
    publish()
    return ", ".join(outcomes)


@DBOS.step()
def publish() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "book",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("pages", worker_concurrency=2, polling_interval_sec=0.1)
    with SetWorkflowID("book-1"):
        outcomes = fetch_book([1, 2, 3])
    print("killed after collecting, one child failed:", outcomes.replace(": ", " "))
    runs = sorted(RUNS.read_text().split())
    print("the runs of the three children, over both processes:", ", ".join(runs))
    DBOS.destroy()

"""What a restart does to the order of a queue that runs one job at a time."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

BEGUN = Path("begun")
RESTARTED = BEGUN.exists()


@DBOS.step()
def note(name: str) -> None:
    with BEGUN.open("a") as file:
        file.write(f"{name} ")
    if name == "c" and not RESTARTED:
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def job(name: str) -> None:
    note(name)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for name in "dcba":
        with SetWorkflowID(name):
            DBOS.enqueue_workflow("jobs", job, name)
    DBOS.register_queue("jobs", global_concurrency=1, polling_interval_sec=0.05)
    for name in "dcba":
        DBOS.retrieve_workflow(name).get_result()
    print(
        "four jobs, `d` first, killed in `c` and restarted:", BEGUN.read_text().strip()
    )
    DBOS.destroy()

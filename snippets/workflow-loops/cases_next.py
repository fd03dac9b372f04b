"""How a chain of runs ends, and how it goes on after a crash."""
# expect: crash

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///feeds.sqlite")
CRASHED = Path("crashed")


@DBOS.step()
def enqueue_next(name: str, page: int) -> None:
    client = DBOSClient(system_database_url=URL)
    options: EnqueueOptions = {
        "queue_name": "feeds",
        "workflow_name": "watch",
        "workflow_id": f"{name}-{page}",
    }
    client.enqueue(options, name, page)
    client.destroy()
    if name == "killed" and page == 2 and not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.step()
def read_feed(name: str, page: int) -> None:
    if name == "failing" and page == 2:
        raise ConnectionError("no answer")
    if name == "cancelled" and page == 2:
        DBOS.cancel_workflow("cancelled-2")


@DBOS.workflow()
def watch(name: str, page: int) -> None:
    read_feed(name, page)
    if page < 4:
        enqueue_next(name, page + 1)
    if name == "late" and page == 2:
        raise ConnectionError("too late")


def runs(name: str) -> str:
    """Begins a chain, and waits until none of its runs waits or runs."""
    with SetWorkflowID(f"{name}-1"), suppress(ConnectionError):
        watch(name, 1)
    DBOS.register_queue("feeds", polling_interval_sec=0.05)
    while DBOS.list_queued_workflows():
        time.sleep(0.01)
    found = DBOS.list_workflows(workflow_id_prefix=name)
    return " ".join(run.status for run in found)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "feeds",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("four runs, killed after the start of the second:", runs("killed"))
    print("the same begun again at the next launch:", runs("killed"))
    print("four runs, the second fails:", runs("failing"))
    print("four runs, the second fails after it enqueues:", runs("late"))
    print("four runs, the second is cancelled in its step:", runs("cancelled"))
    DBOS.delete_workflow("killed-2")
    DBOS.fork_workflow("killed-1", 2).get_result()
    DBOS.retrieve_workflow("killed-2").get_result()
    again = DBOS.retrieve_workflow("killed-2").get_status().status
    print("a deleted run, after the step that enqueued it runs again:", again)
    DBOS.delete_workflows(["killed-1", "killed-2"])
    kept = DBOS.list_workflows(workflow_id_prefix="killed")
    print("two ended runs of four deleted, kept:", len(kept))
    DBOS.destroy()

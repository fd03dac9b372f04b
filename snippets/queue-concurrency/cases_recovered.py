"""A process dies in an import, and recovers it after the restart."""
# expect: crash

import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig, WorkflowHandle

CRASHED = Path("crashed")
POLL = 0.05
begun, go_on = threading.Event(), threading.Event()
config: DBOSConfig = {
    "name": "imports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@DBOS.step()
def load() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    begun.set()
    go_on.wait(30)


@DBOS.workflow()
def import_file() -> None:
    load()


@DBOS.workflow()
def control() -> None:
    pass


def status(run: WorkflowHandle[None]) -> str:
    return run.get_status().status


if __name__ == "__main__":
    recovers = CRASHED.exists()
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("imports", worker_concurrency=1, polling_interval_sec=POLL)
    DBOS.register_queue("control", polling_interval_sec=POLL)
    if not recovers:
        DBOS.enqueue_workflow("imports", import_file).get_result()
    found = DBOS.list_workflows(name="import_file")[0]
    first: WorkflowHandle[None] = DBOS.retrieve_workflow(found.workflow_id)
    begun.wait()  # By then it is recovered.
    following = DBOS.enqueue_workflow("imports", control)
    for _ in range(10):
        DBOS.enqueue_workflow("control", control).get_result(polling_interval_sec=POLL)
    states = f"{status(first)}, the next one {status(following)}"
    print("recovered on its queue, `worker_concurrency=1`:", states)
    go_on.set()
    following.get_result(polling_interval_sec=POLL)
    print("the next one, when the recovered one has ended:", status(following))
    DBOS.destroy()

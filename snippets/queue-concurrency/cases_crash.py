"""A process dies in its imports, and one with another executor id follows."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

RESTARTED = Path("started").exists()
config: DBOSConfig = {
    "name": "imports",
    "application_version": "1",
    "executor_id": "importer-2" if RESTARTED else "importer-1",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@DBOS.step()
def load(name: str) -> str:
    """The first process ends in its second import."""
    if not RESTARTED and Path("started").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    Path("started").touch()
    while not RESTARTED:
        signal.pause()
    return f"{name} loaded"


@DBOS.workflow()
def import_file(name: str) -> str:
    return load(name)


def enqueue(queue: str, name: str) -> str:
    with SetWorkflowID(f"{queue}-{name}"):
        return DBOS.enqueue_workflow(queue, import_file, name).workflow_id


def wait(workflow_id: str) -> None:
    DBOS.retrieve_workflow(workflow_id).get_result(polling_interval_sec=0.05)


def status(workflow_id: str) -> str:
    return DBOS.retrieve_workflow(workflow_id).get_status().status


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("global", global_concurrency=1, polling_interval_sec=0.05)
    dead = [enqueue("global", "a")]
    while not Path("started").exists():
        time.sleep(0.01)
    DBOS.register_queue("worker", worker_concurrency=1, polling_interval_sec=0.05)
    dead.append(enqueue("worker", "a"))
    if not RESTARTED:
        signal.pause()
    waiting = enqueue("global", "b")
    allowed = enqueue("worker", "b")
    wait(allowed)
    print("the runs of the dead process:", *map(status, dead))
    print("the next one, `worker_concurrency=1`:", status(allowed))
    for number in range(5):
        wait(enqueue("worker", str(number)))
    print("the next one, `global_concurrency=1`:", status(waiting))
    DBOS.cancel_workflow(dead[0])
    wait(waiting)
    print("the same after a cancel of the dead run:", status(waiting))
    DBOS.destroy()

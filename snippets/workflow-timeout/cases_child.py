"""Which deadline a child gets."""
# expect: ok

import os
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout

INHERITED = "inherited"


@DBOS.workflow()
def work(seconds: float) -> None:
    for _ in range(round(seconds * 10)):
        DBOS.sleep(0.1)


@DBOS.workflow()
def start_child(timeout: float, seconds: float) -> None:
    with SetWorkflowID(f"{DBOS.workflow_id}-child"), SetWorkflowTimeout(timeout):
        child = DBOS.start_workflow(work, seconds)
    child.get_result()


@DBOS.workflow()
def enqueue_child(timeout: float | str | None) -> None:
    if isinstance(timeout, str):
        DBOS.enqueue_workflow("waiting", work, 0)
    else:
        with SetWorkflowTimeout(timeout):
            DBOS.enqueue_workflow("waiting", work, 0)


def run(workflow_id: str, timeout: float, child: tuple[float, float]) -> str:
    with SetWorkflowID(workflow_id), SetWorkflowTimeout(timeout):
        DBOS.start_workflow(start_child, *child)
    return workflow_id


def ends(workflow_id: str) -> str:
    """Waits for the ends of both, and names them."""
    parent, child = status(workflow_id), status(f"{workflow_id}-child")
    return f"parent {parent}, child {child}"


def status(workflow_id: str) -> str:
    while True:
        found = DBOS.get_workflow_status(workflow_id)
        if found and found.status in ("SUCCESS", "ERROR", "CANCELLED"):
            return found.status
        time.sleep(0.01)


def has_deadline(workflow_id: str, timeout: float | str | None) -> str:
    """Nobody registers the queue, so the child waits in it."""
    with SetWorkflowID(workflow_id), SetWorkflowTimeout(60):
        enqueue_child(timeout)
    [child] = DBOS.list_workflows(parent_workflow_id=workflow_id)
    return f"{child.status}, deadline: {child.workflow_deadline_epoch_ms is not None}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "jobs",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    longer = run("longer", 1, child=(60, 3))
    shorter = run("shorter", 60, child=(0.3, 6))
    zero = run("zero", 1, child=(0, 3))
    print("parent 1 s, child 60 s of its own:", ends(longer))
    #> parent 1 s, child 60 s of its own: parent CANCELLED, child SUCCESS

    print("parent 60 s, child 0.3 s of its own:", ends(shorter))
    #> parent 60 s, child 0.3 s of its own: parent ERROR, child CANCELLED
    print("parent 1 s, child 0 of its own:", ends(zero))
    #> parent 1 s, child 0 of its own: parent CANCELLED, child SUCCESS

    print("enqueued by a parent that has 60 s:", has_deadline("a", INHERITED))
    #> enqueued by a parent that has 60 s: ENQUEUED, deadline: True
    print("enqueued with 30 s, by a parent that has 60 s:", has_deadline("b", 30))
    #> enqueued with 30 s, by a parent that has 60 s: ENQUEUED, deadline: False
    print("enqueued with `None`, by a parent that has 60 s:", has_deadline("c", None))
    #> enqueued with `None`, by a parent that has 60 s: ENQUEUED, deadline: False
    DBOS.destroy()

"""When a parent can undo what its cancelled child did."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout, error

begun = threading.Event()
go_on = threading.Event()
ended = threading.Event()
effects: list[str] = []


@DBOS.step()
def take_seat(trip: str) -> None:
    begun.set()
    go_on.wait()
    effects.append("taken")
    ended.set()


@DBOS.step()
def free_seat(trip: str) -> None:
    effects.append("freed")


@DBOS.workflow()
def find_all(trip: str) -> None:
    take_seat(trip)


@DBOS.workflow()
def book(trip: str, queue: str | None, seconds: float | None) -> None:
    try:
        with SetWorkflowID(f"{trip}-child"), SetWorkflowTimeout(seconds):
            if queue:
                DBOS.enqueue_workflow(queue, find_all, trip).get_result()
            else:
                find_all(trip)
    except error.DBOSAwaitedWorkflowCancelledError:
        free_seat(trip)


def start(trip: str, queue: str | None = None, seconds: float | None = None) -> str:
    for event in (begun, go_on, ended):
        event.clear()
    effects.clear()
    with SetWorkflowID(trip):
        DBOS.start_workflow(book, trip, queue, seconds)
    if queue != "nowhere":
        begun.wait()
    return f"{trip}-child"


def wait_for(workflow_id: str, *statuses: str) -> None:
    while True:
        found = DBOS.get_workflow_status(workflow_id)
        if found and found.status in statuses:
            return
        time.sleep(0.01)


def done(trip: str, *, late: bool = False) -> str:
    """Lets the child's step end, and waits for the parent; or the other way round."""
    if late:
        wait_for(trip, "SUCCESS")
    go_on.set()
    if begun.is_set():
        ended.wait()
    wait_for(trip, "SUCCESS", "CANCELLED")
    return ", ".join(effects)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("searches", polling_interval_sec=0.1)
    DBOS.cancel_workflow(start("a"))
    print("the child is called, then cancelled in its step:", done("a"))
    #> the child is called, then cancelled in its step: taken, freed
    wait_for(start("b", seconds=1.5), "CANCELLED")
    print("the child is called, then timed out in its step:", done("b"))
    #> the child is called, then timed out in its step: taken, freed
    DBOS.cancel_workflow(start("c", queue="searches"))
    print("the child is enqueued, then cancelled in its step:", done("c", late=True))
    #> the child is enqueued, then cancelled in its step: freed, taken
    waiting = start("d", queue="nowhere")
    wait_for(waiting, "ENQUEUED")
    DBOS.cancel_workflow(waiting)
    print("the child is cancelled before it begins:", done("d"))
    #> the child is cancelled before it begins: freed
    start("e")
    DBOS.cancel_workflow("e", cancel_children=True)
    print("the parent is cancelled, with `cancel_children=True`:", done("e"))
    #> the parent is cancelled, with `cancel_children=True`: taken
    DBOS.destroy()

"""What a parent learns from its cancelled child."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle, error

booking = threading.Event()
go_on = threading.Event()


@DBOS.step()
def reserve(trip: str, what: str) -> None:
    if what == "hotel":
        booking.set()
        go_on.wait()


@DBOS.step()
def release(trip: str, what: str) -> str:
    return what


@DBOS.workflow()
def reserve_all(trip: str) -> None:
    begun: list[str] = []
    for what in ("flight", "hotel", "car"):
        begun.append(what)
        DBOS.set_event("begun", begun)
        reserve(trip, what)


@DBOS.workflow()
def book(trip: str, queue: str | None) -> list[str]:
    child = f"{trip}-child"
    try:
        with SetWorkflowID(child):
            if queue:
                DBOS.enqueue_workflow(queue, reserve_all, trip).get_result()
            else:
                reserve_all(trip)
    except error.DBOSAwaitedWorkflowCancelledError:
        begun: list[str] = DBOS.get_event(child, "begun", timeout_seconds=0) or []
        return [release(trip, what) for what in reversed(begun)]
    return []


@DBOS.workflow()
def careless(trip: str) -> str:
    try:
        with SetWorkflowID(f"{trip}-child"):
            reserve_all(trip)
    except Exception as failure:
        return str(failure)[5:13].lower()
    return "booked"


def cancel_child(trip: str) -> None:
    booking.wait()
    DBOS.cancel_workflow(f"{trip}-child")
    go_on.set()


def undone(handle: WorkflowHandle[list[str]]) -> str:
    return ", ".join(handle.get_result()) or "nothing"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("a"):
        called = DBOS.start_workflow(book, "a", None)
    cancel_child("a")
    print("undone by the child's event, cancelled in its second step:", undone(called))
    #> undone by the child's event, cancelled in its second step: hotel, flight
    with SetWorkflowID("b"):
        waiting = DBOS.start_workflow(book, "b", "nowhere")
    while not DBOS.get_workflow_status("b-child"):
        time.sleep(0.01)
    DBOS.cancel_workflow("b-child")
    print("undone by the child's event, cancelled before it begins:", undone(waiting))
    #> undone by the child's event, cancelled before it begins: nothing
    booking.clear()
    go_on.clear()
    with SetWorkflowID("c"):
        broad = DBOS.start_workflow(careless, "c")
    cancel_child("c")
    print("`except Exception` in the parent catches:", broad.get_result())
    #> `except Exception` in the parent catches: error 13
    DBOS.destroy()

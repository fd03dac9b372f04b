"""A crash loses a run's own clean-up, and not that of a parent."""
# expect: crash

import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, error

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///travel.sqlite")
CRASHED = Path("crashed")
reached = threading.Semaphore(0)
cancelled = threading.Event()
cleaned: list[str] = []
both = threading.Barrier(2)
early = threading.Event()


def wait_for_crash() -> None:
    if not CRASHED.exists():
        reached.release()
        threading.Event().wait()


def take_turns(trip: str) -> None:
    """Both recovered runs begin, and then one goes on after the other."""
    if CRASHED.exists():
        both.wait()
        if trip == "trip":
            early.wait()


@DBOS.step()
def find_hotel(trip: str) -> None:
    if trip.endswith("early"):
        reached.release()
        cancelled.wait()
    else:
        wait_for_crash()


@DBOS.step()
def free_seat(trip: str) -> None:
    wait_for_crash()
    cleaned.append(trip)
    early.set()


@DBOS.workflow()
def book_alone(trip: str) -> None:
    try:
        find_hotel(trip)
    finally:
        wait_for_crash()
        cleaned.append(trip)


@DBOS.workflow()
def find_all(trip: str) -> None:
    find_hotel(trip)


@DBOS.workflow()
def book(trip: str) -> None:
    take_turns(trip)
    try:
        with SetWorkflowID(f"{trip}-search"):
            find_all(trip)
    except error.DBOSAwaitedWorkflowCancelledError:
        free_seat(trip)


def end(trip: str) -> str:
    status = DBOS.retrieve_workflow(trip).get_status().status
    return f"{status}, {'cleaned up' if trip in cleaned else 'not cleaned up'}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    if CRASHED.exists():
        client = DBOSClient(system_database_url=URL)
        client.cancel_workflows(["alone", "trip-search"])
        client.destroy()
    DBOS.launch()
    if not CRASHED.exists():
        for workflow, trip in (
            (book_alone, "alone-early"),
            (book, "trip-early"),
            (book_alone, "alone"),
            (book, "trip"),
        ):
            with SetWorkflowID(trip):
                DBOS.start_workflow(workflow, trip)
            reached.acquire()
        DBOS.cancel_workflows(["alone-early", "trip-early-search"])
        cancelled.set()
        reached.acquire()
        reached.acquire()
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    for trip in ("trip-early", "trip"):
        DBOS.retrieve_workflow(trip).get_result()
    print("a run killed in its own clean-up, after the restart:", end("alone-early"))
    print("a run killed in its parent's undo, after the restart:", end("trip-early"))
    print("a run cancelled between crash and restart:", end("alone"))
    print("a child cancelled between crash and restart, its parent:", end("trip"))
    DBOS.destroy()

"""Both workflows are recovered after a crash, and then the search is stopped."""
# expect: ok

import multiprocessing
import os
import signal
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

entered = threading.Semaphore(0)
answered = threading.Event()
ended = threading.Semaphore(0)
effects: dict[str, list[str]] = {"open": [], "closed": [], "asked": []}
closed: set[str] = set()


def reserve(trip: str, key: str) -> None:
    """Like a service that refuses a key which was closed before."""
    effects[trip].append("refused" if key in closed else "taken")


@DBOS.step()
def take_seat(trip: str) -> None:
    entered.release()
    answered.wait()
    reserve(trip, f"seat-{trip}")
    ended.release()


@DBOS.step()
def free_seat(trip: str) -> None:
    if trip == "closed":
        closed.add(f"seat-{trip}")
    effects[trip].append("freed")


@DBOS.workflow()
def search(trip: str) -> None:
    take_seat(trip)


@DBOS.workflow()
def book(trip: str) -> None:
    try:
        with SetWorkflowID(f"{trip}-search"):
            search(trip)
    except error.DBOSAwaitedWorkflowCancelledError:
        free_seat(trip)


@DBOS.workflow()
def book_until_asked(trip: str) -> None:
    take_seat(trip)
    if DBOS.recv("stop", timeout_seconds=0):
        free_seat(trip)


def launch() -> None:
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def start_and_die() -> None:
    launch()
    for trip in effects:
        with SetWorkflowID(trip):
            DBOS.start_workflow(book_until_asked if trip == "asked" else book, trip)
        entered.acquire()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    # This process has not launched, so another one can be forked from it.
    process = multiprocessing.get_context("fork").Process(target=start_and_die)
    process.start()
    process.join()
    launch()
    for _ in effects:
        entered.acquire()
    while len(DBOS.list_workflows(status="PENDING")) < 5:
        time.sleep(0.01)
    DBOS.cancel_workflows(["open-search", "closed-search"])
    DBOS.send("asked", True, "stop")
    for trip in ("open", "closed"):
        DBOS.retrieve_workflow(trip).get_result()
    answered.set()
    for _ in effects:
        ended.acquire()
    DBOS.retrieve_workflow("asked").get_result()
    seen = {trip: ", ".join(found) for trip, found in effects.items()}
    print("called, both recovered, then cancelled in its step:", seen["open"])
    #> called, both recovered, then cancelled in its step: freed, taken
    print("recovered, cancelled, and the undo closes its key:", seen["closed"])
    #> recovered, cancelled, and the undo closes its key: freed, refused
    print("recovered, then asked by message, and it undoes itself:", seen["asked"])
    #> recovered, then asked by message, and it undoes itself: taken, freed
    DBOS.destroy()

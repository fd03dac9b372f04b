"""What a cancelled workflow can call, and what becomes of it on a resume."""
# expect: ok

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, error

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///travel.sqlite")
searching = threading.Event()
go_on = threading.Event()
taken: list[str] = []
met: dict[str, str] = {}


@DBOS.step()
def take_seat(trip: str) -> None:
    taken.append(trip)


@DBOS.step()
def find_hotel(trip: str) -> None:
    searching.set()
    go_on.wait()


@DBOS.step()
def tell(trip: str) -> None:
    pass


@DBOS.workflow()
def undo(trip: str) -> str:
    tell(trip)
    return f"{trip} undone"


def error_of(call: Callable[[], object]) -> str:
    try:
        call()
    except error.DBOSBaseException as failure:
        return str(failure).split(":")[0].removeprefix("DBOS ").lower()
    return "no error"


def ask_for_undo(trip: str) -> None:
    client = DBOSClient(system_database_url=URL)
    client.enqueue(
        {"workflow_name": "undo", "queue_name": "undos", "workflow_id": f"{trip}-undo"},
        trip,
    )
    client.destroy()


@DBOS.workflow()
def book(trip: str) -> str:
    take_seat(trip)
    try:
        find_hotel(trip)
    except error.DBOSBaseException:
        met["step"] = error_of(lambda: tell(trip))
        met["event"] = error_of(lambda: DBOS.set_event("state", "undone"))
        met["start"] = error_of(lambda: DBOS.start_workflow(undo, trip))
        ask_for_undo(trip)
        taken.remove(trip)
        raise
    return f"booked with {len(taken)} seats"


@DBOS.workflow()
def careless(trip: str) -> str:
    with suppress(Exception):
        find_hotel(trip)
    taken.append("went on")
    return "booked"


def cancel(workflow: Callable[[str], str], trip: str) -> None:
    searching.clear()
    go_on.clear()
    with SetWorkflowID(trip):
        handle = DBOS.start_workflow(workflow, trip)
    searching.wait()
    DBOS.cancel_workflow(trip)
    go_on.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        handle.get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("undos", polling_interval_sec=0.1)
    cancel(book, "trip-1")
    print("a step in the clean-up:", met["step"])
    #> a step in the clean-up: error 10
    print("`DBOS.set_event` in the clean-up:", met["event"])
    #> `DBOS.set_event` in the clean-up: error 10
    print("`DBOS.start_workflow` in the clean-up:", met["start"])
    #> `DBOS.start_workflow` in the clean-up: error 10
    undone = DBOS.retrieve_workflow("trip-1-undo").get_result()
    print("an undo that a client enqueues in the clean-up:", undone)
    #> an undo that a client enqueues in the clean-up: trip-1 undone
    again = DBOS.resume_workflow("trip-1").get_result()
    print("resumed, after a clean-up freed its seat:", again)
    #> resumed, after a clean-up freed its seat: booked with 0 seats
    cancel(careless, "trip-2")
    print("`except Exception` stops the error:", "went on" in taken)
    #> `except Exception` stops the error: False
    DBOS.destroy()

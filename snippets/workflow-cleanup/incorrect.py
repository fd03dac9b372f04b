"""A cancelled workflow cannot undo in a step, so the seat stays taken."""
# expect: wrong

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle, error

searching = threading.Event()
go_on = threading.Event()
taken: list[str] = []


@DBOS.step()
def take_seat(trip: str) -> None:
    taken.append(trip)


@DBOS.step()
def free_seat(trip: str) -> None:
    if trip in taken:  # It was perhaps never taken.
        taken.remove(trip)


@DBOS.step()
def find_hotel(trip: str) -> None:
    searching.set()
    go_on.wait()


# --8<-- [start:rule]
@DBOS.workflow()
def book(trip: str) -> str:
    take_seat(trip)
    try:
        find_hotel(trip)
    except BaseException:
        free_seat(trip)
        raise
    return "booked"


def cancel(trip: str) -> None:
    DBOS.cancel_workflow(trip)


# --8<-- [end:rule]


def outcome(handle: WorkflowHandle[str]) -> str:
    try:
        return handle.get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        return str(failure)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "travel",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("trip-1"):
        handle = DBOS.start_workflow(book, "trip-1")
    searching.wait()
    cancel("trip-1")
    go_on.set()
    print(outcome(handle))
    #> DBOS Error 13: Awaited workflow trip-1 was cancelled
    print("taken:", taken)
    #> taken: ['trip-1']
    DBOS.destroy()

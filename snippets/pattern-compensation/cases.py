"""What a cancel, a resume, a fork and a rewind do to a trip that is undone."""
# expect: ok
# since: 3.2

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

booked: list[str] = []
cancelled: list[str] = []
pause_at: list[str] = []  # The call that waits until it is released.
paused = threading.Event()
release = threading.Event()
cars: list[str] = []


def pause(call: str) -> None:
    if call in pause_at:
        pause_at.clear()
        paused.set()
        release.wait()


@DBOS.step()
def book(what: str) -> None:
    if what == "car" and not cars:
        raise LookupError("no car left")
    booked.append(what)
    pause(f"book {what}")


@DBOS.step()
def cancel(what: str) -> None:
    cancelled.append(what)
    pause(f"cancel {what}")


@DBOS.workflow()
def book_in_child(what: str) -> None:
    book(what)


@DBOS.workflow()
def trip(in_children: bool = False) -> str:
    to_cancel: list[str] = []
    try:
        for what in ["hotel", "car"]:
            to_cancel.append(what)
            (book_in_child if in_children else book)(what)
    except Exception:
        for what in reversed(to_cancel):
            cancel(what)
        return "undone"
    return "booked"


def done(call: Callable[[], object]) -> str:
    """Says what the call makes in steps."""
    booked.clear()
    cancelled.clear()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        call()
    books = ", ".join(booked) or "nothing"
    return f"books {books}; cancels {', '.join(cancelled) or 'nothing'}"


def stop(workflow_id: str, call: str) -> str:
    """Cancels a trip in this call, and then lets the call end."""

    def run() -> None:
        pause_at.append(call)
        paused.clear()
        release.clear()
        with SetWorkflowID(workflow_id):
            handle = DBOS.start_workflow(trip)
        paused.wait()
        DBOS.cancel_workflow(workflow_id)
        release.set()
        handle.get_result()

    return done(run)


def resume(workflow_id: str) -> str:
    return done(lambda: DBOS.resume_workflow(workflow_id).get_result())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "trips",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("a"):
        print("the car fails:", done(trip))
        #> the car fails: books hotel; cancels car, hotel
    in_children = done(lambda: trip(True))
    print("the car fails, bookings in children:", in_children)
    #> the car fails, bookings in children: books hotel; cancels car, hotel
    print("cancelled while it books the hotel:", stop("b", "book hotel"))
    #> cancelled while it books the hotel: books hotel; cancels nothing
    print("cancelled in that booking, and resumed:", resume("b"))
    #> cancelled in that booking, and resumed: books hotel; cancels car, hotel
    print("cancelled in the first undo:", stop("c", "cancel car"))
    #> cancelled in the first undo: books hotel; cancels car
    print("cancelled in the first undo, and resumed:", resume("c"))
    #> cancelled in the first undo, and resumed: books nothing; cancels car, hotel
    cars.append("a car")
    forked = done(lambda: DBOS.fork_workflow("a", 2).get_result())
    print("undone, then forked from the step that failed:", forked)
    #> undone, then forked from the step that failed: books car; cancels nothing
    rewound = done(lambda: DBOS.rewind_workflow("a").get_result())
    print("undone, then rewound to its beginning:", rewound)
    #> undone, then rewound to its beginning: books hotel, car; cancels nothing
    DBOS.destroy()

"""One undo fails, so the undos after it are not made."""
# expect: wrong

import os
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID

bookings = ["flight", "hotel"]


@DBOS.step()
def book_car() -> None:
    raise LookupError("no car left")


@DBOS.step(retries_allowed=True, interval_seconds=0)
def cancel(what: str) -> None:
    if what == "hotel":
        raise ConnectionError("the hotel does not answer")
    if what in bookings:
        bookings.remove(what)


# --8<-- [start:rule]
@DBOS.workflow()
def book_last(to_cancel: list[str]) -> None:
    try:
        book_car()
    except Exception:
        for what in reversed(to_cancel):
            cancel(what)
        raise


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "trips",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("trip-1"), suppress(Exception):
        book_last(["flight", "hotel", "car"])
    [trip] = DBOS.list_workflows()
    print("still booked:", bookings)
    #> still booked: ['flight', 'hotel']
    print(f"{trip.status}:", trip.error)
    #> ERROR: DBOS Error 7: Step cancel has exceeded its maximum of 3 retries
    DBOS.destroy()

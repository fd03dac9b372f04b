"""The hotel is booked and its answer is lost, so nobody undoes the booking."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

bookings: list[str] = []


def request(what: str) -> None:
    """The other side books the hotel, and its answer does not arrive."""
    bookings.append(what)
    if what == "hotel":
        raise TimeoutError("no answer")


@DBOS.step()
def book(what: str) -> None:
    request(what)


@DBOS.step()
def cancel(what: str) -> None:
    if what in bookings:
        bookings.remove(what)


# --8<-- [start:rule]
@DBOS.workflow()
def book_trip() -> str:
    to_cancel: list[str] = []
    try:
        for what in ["flight", "hotel"]:
            book(what)
            to_cancel.append(what)
    except Exception as failure:
        for what in reversed(to_cancel):
            cancel(what)
        return f"not booked: {failure}"
    return "booked"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "trips",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("trip-1"):
        print(book_trip())
        #> not booked: no answer
    print("still booked:", bookings)
    #> still booked: ['hotel']
    DBOS.destroy()

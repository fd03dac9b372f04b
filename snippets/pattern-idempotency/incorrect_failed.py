"""The id of a failed workflow raises the stored error each time."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

calls: list[str] = []


@DBOS.step()
def reserve(order: str) -> None:
    calls.append("reserve")


@DBOS.step()
def charge(order: str) -> str:
    """Fails the first time."""
    calls.append("charge")
    if calls.count("charge") == 1:
        raise ConnectionError("gateway timeout")
    return f"{order} is paid"


@DBOS.workflow()
def checkout(order: str) -> str:
    reserve(order)
    return charge(order)


# --8<-- [start:rule]
def pay(order: str, attempt: int) -> str:
    with SetWorkflowID(f"checkout-{order}"):
        return checkout(order)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    clicks: list[str] = []
    for attempt in (1, 2, 2):  # "Pay", then a double click on "Try again".
        try:
            clicks.append(pay("order-1", attempt))
        except ConnectionError as error:
            clicks.append(f"failed: {error}")
    print("try again, twice:", clicks[1:])
    #> try again, twice: ['failed: gateway timeout', 'failed: gateway timeout']
    print("calls:", calls)
    #> calls: ['reserve', 'charge']
    DBOS.destroy()

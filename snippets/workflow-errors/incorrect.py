"""A restart and a second call do not run a failed workflow again."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

calls: list[str] = []


@DBOS.step()
def charge(order: str) -> str:
    calls.append(order)
    if len(calls) == 1:
        raise ConnectionError("bank is down")
    return f"{order} paid"


# --8<-- [start:rule]
@DBOS.workflow()
def checkout(order: str) -> str:
    return charge(order)


# --8<-- [end:rule]


def launch() -> None:
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def call(order: str) -> str:
    try:
        with SetWorkflowID(order):
            return checkout(order)
    except ConnectionError as failure:
        return f"failed, {failure}"


if __name__ == "__main__":
    launch()
    call("order-1")
    DBOS.destroy()
    launch()  # As after a restart.
    print(call("order-1"))
    #> failed, bank is down
    print("calls of the bank:", len(calls))
    #> calls of the bank: 1
    DBOS.destroy()

"""A fork runs the failed workflow again from its second step."""
# expect: ok

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


def handle_request(order: str) -> str:
    with SetWorkflowID(f"checkout-{order}"):
        return checkout(order)


# --8<-- [start:rule]
def try_again(order: str) -> str:
    return DBOS.fork_workflow(f"checkout-{order}", start_step=2).get_result()


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    for attempt in (handle_request, try_again):
        try:
            result = attempt("order-1")
        except ConnectionError as error:
            result = f"failed: {error}"
    print(result)
    #> order-1 is paid
    print("calls:", calls)
    #> calls: ['reserve', 'charge', 'charge']
    DBOS.destroy()

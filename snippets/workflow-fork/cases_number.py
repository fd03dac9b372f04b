"""Which number a fork takes, and what a wrong one does."""
# expect: ok
# Slower than others: each fork waits for a poll of the internal queue.

import os
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID

executed: list[str] = []
failing = True


@DBOS.step()
def charge(order: str) -> None:
    executed.append("charge")


@DBOS.step()
def ship(order: str) -> None:
    executed.append("ship")
    if failing:
        raise ConnectionError("carrier is down")


@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)
    ship(order)


@DBOS.workflow()
def careful(order: str) -> None:
    with suppress(ConnectionError):
        ship(order)
    charge(order)
    raise ValueError("a bug")


@DBOS.workflow()
def greet(order: str) -> None:
    DBOS.send(order, "paid")


@DBOS.workflow()
def all_kinds(order: str) -> None:
    DBOS.set_event("state", "paying")
    charge(order)
    child = DBOS.start_workflow(greet, order)
    DBOS.recv()
    child.get_result()


def run(workflow: Callable[[str], None], order: str) -> None:
    with SetWorkflowID(order), suppress(ValueError, ConnectionError):
        workflow(order)


def outcome(call: Callable[[], object]) -> str:
    executed.clear()
    result = "SUCCESS"
    try:
        call()
    except (ValueError, ConnectionError) as failure:
        result = type(failure).__name__
    return f"{result}, ran {', '.join(executed) or 'nothing'}"


# A fork begins at the next poll of an internal queue, up to a second later.
def fork(order: str, number: int) -> str:
    return outcome(lambda: DBOS.fork_workflow(order, number).get_result())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    run(all_kinds, "all")
    steps = [step["function_name"] for step in DBOS.list_workflow_steps("all")]
    print("what takes a number:", ", ".join(steps).replace("DBOS.", ""))
    #> what takes a number: setEvent, charge, greet, recv, sleep, getResult
    run(checkout, "order-1")
    run(careful, "order-2")
    failing = False
    print("step 2 failed, fork from 2:", fork("order-1", 2))
    #> step 2 failed, fork from 2: SUCCESS, ran ship
    print("step 2 failed, fork from 3:", fork("order-1", 3))
    #> step 2 failed, fork from 3: ConnectionError, ran nothing
    print("step 1 failed and was caught, fork from 1:", fork("order-2", 1))
    #> step 1 failed and was caught, fork from 1: ValueError, ran ship, charge
    original = DBOS.retrieve_workflow("order-1").get_result
    print("the original after a fork:", outcome(original))
    #> the original after a fork: ConnectionError, ran nothing
    again = outcome(lambda: DBOS.rewind_workflow("order-1").get_result())
    print("the original, rewound without a number:", again)
    #> the original, rewound without a number: SUCCESS, ran charge, ship
    DBOS.destroy()

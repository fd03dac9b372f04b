"""A fork or a rewind of a parent whose child has failed."""
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
def deliver(order: str) -> None:
    charge(order)
    ship(order)


@DBOS.workflow()
def parent(order: str) -> None:
    DBOS.start_workflow(deliver, order).get_result()


@DBOS.workflow()
def names_child(order: str) -> None:
    """Its child has a fixed id."""
    with SetWorkflowID(f"{order}-child"):
        child = DBOS.start_workflow(deliver, order)
    child.get_result()


def fail(workflow: Callable[[str], None], order: str) -> None:
    with SetWorkflowID(order), suppress(ConnectionError):
        workflow(order)


def outcome(call: Callable[[], object]) -> str:
    executed.clear()
    result = "SUCCESS"
    try:
        call()
    except ConnectionError as failure:
        result = type(failure).__name__
    return f"{result}, ran {', '.join(executed) or 'nothing'}"


# A fork begins at the next poll of an internal queue, up to a second later.
def fork(order: str, number: int) -> str:
    return outcome(lambda: DBOS.fork_workflow(order, number).get_result())


def both_forked(order: str) -> None:
    """The child from its failed step, and the parent behind the child's start."""
    child = DBOS.fork_workflow(f"{order}-child", 2).get_workflow_id()
    DBOS.fork_workflow(
        order, 2, replacement_children={f"{order}-child": child}
    ).get_result()


def both_rewound(order: str) -> None:
    DBOS.rewind_workflow(f"{order}-child", start_step=2)
    DBOS.rewind_workflow(order, start_step=2).get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    fail(parent, "order-1")
    fail(names_child, "order-2")
    fail(names_child, "order-3")
    failing = False
    print("a child failed, fork from its start:", fork("order-1", 1))
    #> a child failed, fork from its start: SUCCESS, ran charge, ship
    print("a child with an id of its own, fork from its start:", fork("order-2", 1))
    #> a child with an id of its own, fork from its start: ConnectionError, ran nothing
    forked = outcome(lambda: both_forked("order-2"))
    print("a fork of that child as `replacement_children`:", forked)
    #> a fork of that child as `replacement_children`: SUCCESS, ran ship
    rewound = outcome(lambda: both_rewound("order-3"))
    print("that child rewound, then its parent from the result:", rewound)
    #> that child rewound, then its parent from the result: SUCCESS, ran ship
    DBOS.destroy()

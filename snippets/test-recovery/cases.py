"""What a fork behind the last step finds, and what it does not."""
# expect: ok

import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

effects: list[str] = []
state = {"stock": "some"}  # Stands for a file, a table or a service.


class CardError(Exception):
    """Has one argument more than it passes on."""

    def __init__(self, card: str, code: int) -> None:
        super().__init__(f"{card} {code}")


@DBOS.step()
def charge(order: str) -> str:
    effects.append(order)
    return f"paid {order}"


@DBOS.step()
def ship(order: str) -> str:
    return f"shipped {order}"


@DBOS.step()
def add(lines: list[str]) -> None:
    lines.append("lamp")


@DBOS.step()
def decline() -> None:
    raise CardError("visa", 5)


@DBOS.workflow()
def by_stock() -> str:
    return charge("1") if state["stock"] == "some" else ship("1")


@DBOS.workflow()
def by_argument() -> str:
    lines: list[str] = []
    add(lines)
    return f"{len(lines)} lines"


@DBOS.workflow()
def outside_step() -> str:
    effects.append("mail")
    return charge("1")


@DBOS.workflow()
def by_error() -> str:
    try:
        decline()
    except Exception as error:
        return type(error).__name__
    return "paid"


@DBOS.workflow()
def by_id() -> str:
    return "own" if DBOS.workflow_id == "by_id-none" else "new"


def outcome(call: Callable[[], Any]) -> str:
    try:
        return call()
    except Exception as error:
        return str(error)[:13]


def fork(workflow: Callable[[], Any]) -> str:
    """Runs the workflow, forks it, and compares the results and effects."""
    with SetWorkflowID(f"{workflow.__name__}-{state['stock']}"):
        handle: Any = DBOS.start_workflow(workflow)
    first, before = outcome(handle.get_result), len(effects)
    state["stock"] = "none"
    second = outcome(DBOS.fork_workflow(handle.workflow_id, 99).get_result)
    same = "same" if first == second else f"{first}, then {second}"
    return f"{same}; effects again {len(effects) - before}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("a value in the body that changes:", fork(by_stock))
    #> a value in the body that changes: paid 1, then DBOS Error 11; effects again 0
    print("the same, when nothing changes:", fork(by_stock))
    #> the same, when nothing changes: same; effects again 0
    print("an argument that a step changes:", fork(by_argument))
    #> an argument that a step changes: 1 lines, then 0 lines; effects again 0
    print("the id of the workflow in its result:", fork(by_id))
    #> the id of the workflow in its result: own, then new; effects again 0
    print("an effect in the body:", fork(outside_step))
    #> an effect in the body: same; effects again 1
    print("an error that cannot be read back:", fork(by_error))
    #> an error that cannot be read back: CardError, then TypeError; effects again 0
    DBOS.destroy()

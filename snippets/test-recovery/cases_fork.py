"""What a fork makes again, from which step, and with newer code."""
# expect: ok
# since: 3.4

import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

effects: list[str] = []
releases: list[Callable[[], str]] = []  # The code that the process runs.


@DBOS.step()
def charge(order: str) -> str:
    effects.append(order)
    return f"paid {order}"


@DBOS.step()
def ship(order: str) -> str:
    effects.append(order)
    return f"shipped {order}"


@DBOS.step()
def check(order: str) -> str:
    return f"checked {order}"


@DBOS.workflow()
def checkout() -> str:
    return charge("1") + ", " + ship("1")


@DBOS.workflow()
async def checkout_async() -> str:
    return charge("1") + ", " + ship("1")


@DBOS.workflow()
def checkout_twice() -> str:
    return checkout() + ", " + DBOS.start_workflow(checkout).get_result()


@DBOS.workflow()
def refused() -> str:
    charge("1")
    raise LookupError("no such order")


@DBOS.workflow()
def deliver() -> str:
    return releases[-1]()


def old() -> str:
    return ship("1")


def new() -> str:
    return check("1") + ", " + ship("1")


def patched() -> str:
    return new() if DBOS.patch("check-first") else old()


def outcome(call: Callable[[], Any]) -> str:
    try:
        return call()
    except Exception as error:
        return str(error)[:13]


def fork(workflow: Callable[[], Any], start: int = 99) -> str:
    """Runs the workflow and its fork, and compares the results and effects."""
    with SetWorkflowID(f"{workflow.__name__}-{start}"):
        handle: Any = DBOS.start_workflow(workflow)
    first, before = outcome(handle.get_result), len(effects)
    second = outcome(DBOS.fork_workflow(handle.workflow_id, start).get_result)
    same = "same" if first == second else f"then {second}"
    return f"{same}; effects again {len(effects) - before}"


def released(code: Callable[[], str]) -> str:
    """Runs the old code, and its record with other code."""
    releases.append(old)
    run: Any = DBOS.start_workflow(deliver)
    run.get_result()
    releases.append(code)
    return outcome(DBOS.fork_workflow(run.workflow_id, 99).get_result)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("forked behind the last step:", fork(checkout))
    #> forked behind the last step: same; effects again 0
    print("forked from step 2 of 2:", fork(checkout, 2))
    #> forked from step 2 of 2: same; effects again 1
    print("forked from step 1:", fork(checkout, 1))
    #> forked from step 1: same; effects again 2
    print("an async workflow, forked behind the last step:", fork(checkout_async))
    #> an async workflow, forked behind the last step: same; effects again 0
    print("a workflow with two children, the same:", fork(checkout_twice))
    #> a workflow with two children, the same: same; effects again 0
    print("a workflow that has failed, the same:", fork(refused))
    #> a workflow that has failed, the same: same; effects again 0
    print("a run of the old code, forked with a new first step:", released(new))
    #> a run of the old code, forked with a new first step: DBOS Error 11
    print("the same, with `DBOS.patch` before that step:", released(patched))
    #> the same, with `DBOS.patch` before that step: shipped 1
    DBOS.destroy()

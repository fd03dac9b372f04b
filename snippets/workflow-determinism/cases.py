"""Which changes a replay notices, and which pass without an error."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, error


@DBOS.step()
def reserve(order: str) -> str:
    return f"reserve {order}"


@DBOS.step()
def charge(order: str) -> str:
    return f"charge {order}"


@DBOS.step()
def ship(order: str) -> str:
    return f"ship {order}"


@DBOS.workflow()
def notify(order: str) -> str:
    return f"notify {order}"


def start_and_charge() -> list[str]:
    DBOS.start_workflow(notify, "1")
    return [charge("1")]


def start_and_wait() -> list[str]:
    return [DBOS.start_workflow(notify, "1").get_result()]


Plan = Callable[[], list[str]]
plans: list[Plan] = []  # Stands for an outside value that decides what is called.


@DBOS.workflow()
def fulfil() -> list[str]:
    return plans[-1]()


def replayed(workflow_id: str, first: Plan, second: Plan) -> str:
    """Runs the first plan, and replays its record with the second plan."""
    plans.append(first)
    with SetWorkflowID(workflow_id):
        fulfil()
    plans.append(second)
    try:
        result = DBOS.fork_workflow(workflow_id, start_step=99).get_result()
    except error.DBOSUnexpectedStepError as failure:
        return str(failure)[:13]
    return ", ".join(result) or "no error, no result"


def usual() -> list[str]:
    return [reserve("1"), charge("1")]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "fulfilment",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    # Each replay waits up to a second for an internal queue.
    ends = replayed("order-1", usual, lambda: [charge("1"), reserve("1")])
    print("two steps swapped:", ends)
    #> two steps swapped: DBOS Error 11
    ends = replayed("order-2", usual, lambda: [charge("1")])
    print("the first step left out:", ends)
    #> the first step left out: DBOS Error 11
    ends = replayed("order-3", usual, lambda: [ship("1"), *usual()])
    print("a step added before the others:", ends)
    #> a step added before the others: DBOS Error 11
    ends = replayed("order-4", usual, lambda: [reserve("2"), charge("2")])
    print("both steps called for order 2:", ends)
    #> both steps called for order 2: reserve 1, charge 1
    ends = replayed("order-5", usual, lambda: [reserve("1")])
    print("the last step left out:", ends)
    #> the last step left out: reserve 1
    ends = replayed("order-6", usual, lambda: [*usual(), ship("1")])
    print("a step added at the end:", ends)
    #> a step added at the end: reserve 1, charge 1, ship 1
    ends = replayed("order-7", lambda: [notify("1")], lambda: [notify("2")])
    print("a child called for order 2:", ends)
    #> a child called for order 2: notify 1
    ends = replayed("order-8", start_and_charge, start_and_wait)
    print("`get_result` where a step is recorded:", ends)
    #> `get_result` where a step is recorded: notify 1
    ends = replayed("order-9", start_and_wait, start_and_charge)
    print("a step where `get_result` is recorded:", ends)
    #> a step where `get_result` is recorded: DBOS Error 11
    DBOS.destroy()

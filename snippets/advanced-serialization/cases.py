"""What is stored as it is, what is a copy, and what cannot be stored."""
# expect: ok

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID


@dataclass
class Line:
    """One line of an order."""

    item: str
    pieces: int


RATES: dict[str, Callable[[int], int]] = {"lamp": lambda pieces: pieces * 2}

received: list[Any] = []
loaded: list[str] = []


@DBOS.workflow()
def keep(value: Any) -> Any:
    received.append(value)
    return value


@DBOS.step()
def load_rows(month: str) -> Iterator[str]:
    loaded.append(month)
    return (f"{month}-{day}" for day in (1, 2))


@DBOS.workflow()
def report(month: str) -> str:
    return ", ".join(load_rows(month))


def kind(call: Callable[[], object]) -> str:
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return "no error"


def identity(value: object) -> str:
    return "the caller's object" if received[-1] is value else "a copy"


def status(workflow_id: str) -> str:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else "no workflow"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    order = ["lamp"]
    keep(order)
    print("the argument of a direct call:", identity(order))
    #> the argument of a direct call: the caller's object
    DBOS.start_workflow(keep, order).get_result()
    print("the argument of `start_workflow`:", identity(order))
    #> the argument of `start_workflow`: the caller's object
    DBOS.enqueue_workflow("orders", keep, order).get_result()
    print("the argument of an enqueued run:", identity(order))
    #> the argument of an enqueued run: a copy
    values = (date(2026, 5, 1), {"paid"}, ("lamp", 2), Line("lamp", 2))
    with SetWorkflowID("values"):
        keep(values)
    again = DBOS.retrieve_workflow("values").get_result()
    changed = sum(one != other for one, other in zip(values, again, strict=True))
    print("a date, set, tuple and dataclass, read again:", f"{changed} changed")
    #> a date, set, tuple and dataclass, read again: 0 changed
    with SetWorkflowID("lambda"):
        raised = kind(lambda: keep(RATES["lamp"]))
    print("a lambda as argument:", f"{raised}, {status('lambda')}")
    #> a lambda as argument: PicklingError, no workflow
    with SetWorkflowID("rows"):
        raised = kind(lambda: report("May"))
    ran = f"{len(loaded)} run, {raised}, {status('rows')}"
    print("a step that returns a generator:", ran)
    #> a step that returns a generator: 1 run, TypeError, ERROR
    DBOS.destroy()

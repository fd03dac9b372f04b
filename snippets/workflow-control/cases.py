"""What a cancel changes, and what it leaves as it was."""
# expect: ok

import os
import threading
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

entered = threading.Event()
release = threading.Event()
begun: list[str] = []


@DBOS.step()
def write(page: str) -> None:
    begun.append(page)
    entered.set()
    release.wait()


@DBOS.workflow()
def export() -> None:
    write("page 1")
    write("page 2")


@DBOS.workflow()
def parent(order: str) -> None:
    with SetWorkflowID(f"{order}-child"):
        DBOS.start_workflow(export).get_result()


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except error.DBOSException as failure:
        return str(failure).split(":")[1].strip()


def status(workflow_id: str) -> str:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else "no such workflow"


def child_of_cancelled(order: str, *, cancel_children: bool) -> str:
    entered.clear()
    release.clear()
    with SetWorkflowID(order):
        DBOS.start_workflow(parent, order)
    entered.wait()
    DBOS.cancel_workflow(order, cancel_children=cancel_children)
    release.set()
    outcome(DBOS.retrieve_workflow(f"{order}-child").get_result)
    return f"parent {status(order)}, child {status(f'{order}-child')}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "exports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("a"):
        handle = DBOS.start_workflow(export)
    entered.wait()
    DBOS.cancel_workflow("a")
    other = DBOS.retrieve_workflow("a")
    print("a retrieved handle, while a step runs:", outcome(other.get_result))
    #> a retrieved handle, while a step runs: Awaited workflow a was cancelled
    with SetWorkflowID("a"):
        second = DBOS.start_workflow(export)
    print("handle of a second start, meanwhile:", outcome(second.get_result))
    #> handle of a second start, meanwhile: Awaited workflow a was cancelled
    release.set()
    result = outcome(handle.get_result)
    print("the handle of `start_workflow`:", result)
    #> the handle of `start_workflow`: Awaited workflow a was cancelled
    print("the steps that began, of two:", ", ".join(begun))
    #> the steps that began, of two: page 1
    left = child_of_cancelled("order-1", cancel_children=False)
    print("a cancel while a child runs:", left)
    #> a cancel while a child runs: parent CANCELLED, child SUCCESS
    left = child_of_cancelled("order-2", cancel_children=True)
    print("a cancel with `cancel_children=True`:", left)
    #> a cancel with `cancel_children=True`: parent CANCELLED, child CANCELLED
    DBOS.cancel_workflow("order-1-child")
    print("cancel of a workflow that has ended:", status("order-1-child"))
    #> cancel of a workflow that has ended: SUCCESS
    unknown = outcome(lambda: DBOS.cancel_workflow("order-3"))
    print("cancel of an unknown id, what it returns:", unknown)
    #> cancel of an unknown id, what it returns: None
    DBOS.destroy()

"""What becomes of a running parent whose ended child is deleted, and the reverse."""
# expect: ok
# Takes some seconds: recovered parents get three seconds to end.

import os
import threading
import time
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID

waits, go_on = threading.Semaphore(0), threading.Event()
config: DBOSConfig = {
    "name": "shop",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}


@DBOS.step()
def await_parcel() -> None:
    waits.release()
    go_on.wait(60)


@DBOS.workflow()
def pay() -> str:
    return "paid"


@DBOS.workflow()
def calls() -> None:
    with SetWorkflowID("calls-payment"):
        pay()
    await_parcel()


@DBOS.workflow()
def starts() -> None:
    with SetWorkflowID("starts-payment"):
        payment = DBOS.start_workflow(pay)
    payment.get_result()
    await_parcel()


@DBOS.workflow()
def deliver() -> None:
    await_parcel()


@DBOS.workflow()
def checkout() -> None:
    with SetWorkflowID("delivery"):
        DBOS.start_workflow(deliver)


def run(workflow_id: str, workflow: Callable[[], object]) -> None:
    with SetWorkflowID(workflow_id):
        DBOS.start_workflow(workflow)


def status(workflow_id: str) -> str:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else "not stored"


def threads_end() -> None:
    """Waits for the threads that run workflows."""
    while any(each.name.startswith("dbos-exec") for each in threading.enumerate()):
        time.sleep(0.01)


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    run("calls", calls)
    run("starts", starts)
    run("checkout", checkout)
    for _ in range(3):
        waits.acquire()
    DBOS.delete_workflow("checkout", delete_children=True)
    print("running child of a deleted parent, `delete_children`:", status("delivery"))
    #> running child of a deleted parent, `delete_children`: not stored
    DBOS.delete_workflows(["calls-payment", "starts-payment"])
    run("childless", deliver)
    waits.acquire()
    DBOS.destroy()
    go_on.set()
    threads_end()
    DBOS(config=config)
    DBOS.launch()
    DBOS.retrieve_workflow("childless").get_result()
    time.sleep(3)
    print("recovered, has no child:", status("childless"))
    #> recovered, has no child: SUCCESS
    print("recovered, had called a child that is deleted:", status("calls"))
    #> recovered, had called a child that is deleted: PENDING
    print("recovered, had the result of a deleted child:", status("starts"))
    #> recovered, had the result of a deleted child: PENDING
    run("calls-payment", pay)
    run("starts-payment", pay)
    for parent in ("calls", "starts"):
        DBOS.retrieve_workflow(parent).get_result()
    ends = f"{status('calls')}, {status('starts')}"
    print("these two, when their children have run again:", ends)
    #> these two, when their children have run again: SUCCESS, SUCCESS
    DBOS.destroy()

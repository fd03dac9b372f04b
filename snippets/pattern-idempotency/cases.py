"""What a second start under a taken id does, case by case."""
# expect: ok

import os
import threading
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSConfiguredInstance, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///checkout.sqlite")
go_on = threading.Event()
runs: list[str] = []


@DBOS.workflow()
def checkout(order: str) -> str:
    runs.append(order)
    await_gateway()
    return f"{order} paid"


@DBOS.step()
def await_gateway() -> None:
    go_on.wait()


@DBOS.workflow()
def pack(order: str) -> str:
    runs.append(order)
    return f"{order} packed"


@DBOS.workflow()
def ship_twice(order: str) -> list[str]:
    with SetWorkflowID(f"{order}-parcel"):
        parcels = [DBOS.start_workflow(pack, order) for _ in range(2)]
    parcels.append(DBOS.start_workflow(pack, order))
    return [parcel.workflow_id for parcel in parcels]


@DBOS.dbos_class()
class Shop(DBOSConfiguredInstance):
    """A shop in one country."""

    @DBOS.workflow()
    def open(self) -> str:
        return self.config_name


german, french = Shop("de"), Shop("fr")


def start(order: str, workflow: Callable[..., Any], *args: object) -> Any:
    with SetWorkflowID(order):
        return DBOS.start_workflow(workflow, *args)


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except BaseException as problem:
        return type(problem).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    client = DBOSClient(system_database_url=URL)
    start("a", checkout, "a")
    again = start("a", checkout, "a")
    with SetWorkflowID("a"):
        queued = DBOS.enqueue_workflow("unregistered", checkout, "a")
    remote = client.enqueue(
        {"workflow_name": "checkout", "queue_name": "q", "workflow_id": "a"}, "a"
    )
    go_on.set()
    results = {again.get_result(), queued.get_result(), remote.get_result()}
    threads = [threading.Thread(target=start, args=("b", pack, "b")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    DBOS.get_result("b")
    for order in ("c", "d"):
        with SetWorkflowID(order):
            DBOS.enqueue_workflow("unregistered", pack, order)
    DBOS.cancel_workflow("d")
    start("shop", german.open).get_result()
    french_shop = outcome(lambda: start("shop", french.open))
    cancelled = outcome(lambda: start("d", pack, "d").get_result())
    waiting = start("c", pack, "c")
    ids = start("f", ship_twice, "f").get_result()
    count = runs.count("a")
    print("started four times while the first one runs:", count, "run,", *results)
    #> started four times while the first one runs: 1 run, a paid
    print("started by eight threads at once:", runs.count("b"), "run")
    #> started by eight threads at once: 1 run
    print("started while it waits in a queue:", waiting.get_status().status)
    #> started while it waits in a queue: ENQUEUED
    print("started after a cancel:", cancelled)
    #> started after a cancel: DBOSAwaitedWorkflowCancelledError
    print("started for another instance of the class:", french_shop)
    #> started for another instance of the class: DBOSConflictingWorkflowError
    print("ids in a workflow, two in a block and one after it:", *ids)
    #> ids in a workflow, two in a block and one after it: f-parcel f-2 f-3
    print("an id that is a space:", outcome(lambda: start(" ", pack, "g")))
    #> an id that is a space: DBOSException
    client.destroy()
    DBOS.destroy()

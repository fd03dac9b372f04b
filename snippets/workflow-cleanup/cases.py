"""Which error a cancelled workflow meets, and where."""
# expect: ok

import os
import threading
import time
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout

entered = threading.Event()
go_on = threading.Event()
met: dict[str, str] = {}


def hold() -> None:
    entered.set()
    go_on.wait()


@DBOS.step()
def charge() -> None:
    hold()


@DBOS.step()
def refund() -> None:
    pass


@DBOS.workflow()
def announce() -> None:
    DBOS.set_event("state", "ready")


def between() -> None:
    hold()
    refund()


def in_sleep() -> None:
    DBOS.sleep(0.5)
    met["sleep itself"] = "no error"
    between()


WAYS: dict[str, Callable[[], object]] = {
    "step": charge,
    "recv": lambda: DBOS.recv(timeout_seconds=60),
    "event": lambda: DBOS.get_event("announcer", "state", timeout_seconds=60),
    "between": between,
    "sleep": in_sleep,
    "end": hold,
    "timeout": charge,
}


def error_of(call: Callable[[], object]) -> str:
    try:
        call()
    except Exception as failure:
        return f"{type(failure).__name__}, an Exception"
    except BaseException as failure:
        return str(failure).split(":")[0].removeprefix("DBOS ").lower()
    return "no error"


@DBOS.workflow()
def run(way: str) -> None:
    met[way] = error_of(WAYS[way])


def cancel(way: str) -> None:
    entered.clear()
    go_on.clear()
    with SetWorkflowID(way), SetWorkflowTimeout(1.5 if way == "timeout" else None):
        handle = DBOS.start_workflow(run, way)
    while not (entered.is_set() or DBOS.list_workflow_steps(way)):
        time.sleep(0.01)
    if way != "timeout":
        DBOS.cancel_workflow(way)
    while handle.get_status().status != "CANCELLED":
        time.sleep(0.01)
    go_on.set()
    if way == "recv":
        DBOS.send(way, "end")
    if way == "event":
        with SetWorkflowID("announcer"):
            announce()
    error_of(handle.get_result)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for way in WAYS:
        cancel(way)
    print("cancelled in a step, the workflow meets:", met["step"])
    #> cancelled in a step, the workflow meets: error 1
    print("cancelled in `DBOS.recv`, when the message comes:", met["recv"])
    #> cancelled in `DBOS.recv`, when the message comes: error 1
    print("cancelled in `DBOS.get_event`, when the event comes:", met["event"])
    #> cancelled in `DBOS.get_event`, when the event comes: error 1
    print("cancelled between two steps, at the next one:", met["between"])
    #> cancelled between two steps, at the next one: error 10
    print("cancelled in `DBOS.sleep`, at its end:", met["sleep itself"])
    #> cancelled in `DBOS.sleep`, at its end: no error
    print("cancelled in `DBOS.sleep`, at the next step:", met["sleep"])
    #> cancelled in `DBOS.sleep`, at the next step: error 10
    print("cancelled, and it calls nothing more:", met["end"])
    #> cancelled, and it calls nothing more: no error
    print("timed out in a step:", met["timeout"])
    #> timed out in a step: error 1
    DBOS.destroy()

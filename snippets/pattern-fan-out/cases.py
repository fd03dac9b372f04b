"""What a parent gets from its children, and in which order."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle

gates = {name: threading.Event() for name in ("a", "b", "c", "d")}
begun = threading.Semaphore(0)
noted: list[str] = []


@DBOS.workflow()
def letter(name: str) -> str:
    if name == "d":
        raise ValueError("no such letter")
    gates[name].wait()
    return name


@DBOS.workflow()
def collect(names: str, way: str) -> str:
    children = [DBOS.enqueue_workflow("letters", letter, name) for name in names]
    begun.release()
    found: list[str] = []
    while children and way == "as they end":
        first = DBOS.wait_first(children, polling_interval_sec=0.1)
        children = [c for c in children if c.workflow_id != first.workflow_id]
        found.append(outcome(first))
        gates["b" if first.workflow_id.endswith("-3") else "a"].set()
    for child in children:
        found.append(outcome(child, keep=way == "outcomes"))
    return ", ".join(found)


def outcome(child: WorkflowHandle[str], *, keep: bool = True) -> str:
    try:
        return child.get_result(polling_interval_sec=0.1)
    except Exception as error:
        if not keep:
            raise
        noted.append(type(error).__name__)
        return type(error).__name__


def start(workflow_id: str, names: str, way: str) -> WorkflowHandle[str]:
    for gate in gates.values():
        gate.clear()
    with SetWorkflowID(workflow_id):
        handle = DBOS.start_workflow(collect, names, way)
    begun.acquire()
    return handle


def open_gates() -> None:
    for gate in gates.values():
        gate.set()


def statuses(parent: str) -> str:
    """How the parent's children ended, in the order of their ids."""
    while True:
        children = DBOS.list_workflows(parent_workflow_id=parent)
        found = [child.status for child in children]
        if not {"PENDING", "ENQUEUED"} & set(found):
            return ", ".join(found)
        time.sleep(0.01)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "letters",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("letters", polling_interval_sec=0.1)
    ordered = start("ordered", "abc", "handles")
    for name in "cba":
        gates[name].set()
        outcome(DBOS.retrieve_workflow(f"ordered-{'abc'.index(name) + 1}"))
    print("c ends first and a last, collected by the handles:", ordered.get_result())
    #> c ends first and a last, collected by the handles: a, b, c
    ending = start("ending", "abc", "as they end")
    gates["c"].set()
    print("the same, collected by `wait_first`:", ending.get_result())
    #> the same, collected by `wait_first`: c, b, a
    steps = [step["function_name"] for step in DBOS.list_workflow_steps("ordered")]
    counts = steps.count("letter"), steps.count("DBOS.getResult")
    print("steps of the parent of three, its starts and results:", counts)
    #> steps of the parent of three, its starts and results: (3, 3)
    failed = start("failed", "adc", "handles")
    gates["a"].set()
    print("the middle one of three fails, the parent ends:", outcome(failed))
    #> the middle one of three fails, the parent ends: ValueError
    third = DBOS.retrieve_workflow("failed-3").get_status().status
    print("the third has ended at that time:", third == "SUCCESS")
    #> the third has ended at that time: False
    open_gates()
    print("the three children, in the end:", statuses("failed"))
    #> the three children, in the end: SUCCESS, ERROR, SUCCESS
    some = start("some", "abc", "outcomes")
    DBOS.cancel_workflow("some-2")
    open_gates()
    print("one of three is cancelled:", some.get_result())
    #> one of three is cancelled: a, DBOSAwaitedWorkflowCancelledError, c
    noted.clear()
    cancelled = start("cancelled", "abc", "outcomes")
    DBOS.cancel_workflow("cancelled")
    open_gates()
    print("the parent is cancelled while it collects:", outcome(cancelled))
    #> the parent is cancelled while it collects: DBOSAwaitedWorkflowCancelledError
    print("errors that its `except Exception` caught:", len(noted) - 1)
    #> errors that its `except Exception` caught: 0
    print("the children of the cancelled parent:", statuses("cancelled"))
    #> the children of the cancelled parent: SUCCESS, SUCCESS, SUCCESS
    DBOS.destroy()

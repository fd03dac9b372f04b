"""Asking for a status, and limits of a wait, inside a workflow."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout, error

gate = threading.Event()


@DBOS.step()
def build() -> str:
    gate.wait()
    return "built"


@DBOS.workflow()
def report() -> None:
    DBOS.set_event("report", build())


@DBOS.workflow()
def slow_report() -> None:
    while not gate.is_set():
        DBOS.sleep(0.1)


def status(workflow_id: str) -> str:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else "unknown"


@DBOS.step()
def look() -> str:
    return status("report-1")


@DBOS.workflow()
def ask_in_step() -> str:
    return look()


@DBOS.workflow()
def ask_three_times() -> str:
    return ", ".join([status("report-1") for _ in range(3)])


@DBOS.workflow()
def wait_for_event() -> object:
    return DBOS.get_event("report-1", "report", timeout_seconds=0.3)


@DBOS.workflow()
def wait_for_child() -> str:
    with SetWorkflowTimeout(0.3):
        child = DBOS.start_workflow(slow_report)
    try:
        child.get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        return str(failure)[:13]
    return "built"


@DBOS.workflow()
def short_report() -> str:
    DBOS.sleep(0.3)  # Longer than the interval of the wait.
    return "built"


@DBOS.workflow()
def wait_with_interval() -> str:
    child = DBOS.enqueue_workflow("reports", short_report)
    return child.get_result(polling_interval_sec=0.1)


def recorded(workflow_id: str) -> str:
    steps = DBOS.list_workflow_steps(workflow_id)
    names = [step["function_name"].removeprefix("DBOS.") for step in steps]
    return ", ".join(names)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", polling_interval_sec=0.1)
    with SetWorkflowID("report-1"):
        DBOS.start_workflow(report)
    with SetWorkflowID("step"):
        print("`get_workflow_status` in a step:", ask_in_step())
        #> `get_workflow_status` in a step: PENDING
    print("what is recorded of `get_workflow_status` in a step:", recorded("step"))
    #> what is recorded of `get_workflow_status` in a step: look
    with SetWorkflowID("body"):
        print("`get_workflow_status` three times in a workflow:", ask_three_times())
        #> `get_workflow_status` three times in a workflow: PENDING, PENDING, PENDING
    print("what is recorded of three calls in a workflow:", recorded("body"))
    #> what is recorded of three calls in a workflow: getStatus, getStatus, getStatus
    print("`get_event` with a timeout, in a workflow:", wait_for_event())
    #> `get_event` with a timeout, in a workflow: None
    print("the result of a child with a timeout:", wait_for_child())
    #> the result of a child with a timeout: DBOS Error 13
    with SetWorkflowID("interval"):
        wait_with_interval()
    print("recorded of `get_result(polling_interval_sec=0.1)`:", recorded("interval"))
    #> recorded of `get_result(polling_interval_sec=0.1)`: short_report, getResult
    gate.set()
    DBOS.retrieve_workflow("report-1").get_result()
    DBOS.destroy()

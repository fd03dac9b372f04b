"""What the filters of a listing find."""
# expect: ok

import os
import threading
from contextlib import suppress
from typing import Any

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID, error

begun = threading.Event()
gate = threading.Event()


@DBOS.step()
def hold() -> None:
    begun.set()
    gate.wait()


@DBOS.workflow()
def build(month: str) -> str:
    if month == "june":
        raise ValueError("no sales in June")
    if month == "july":
        hold()
    return f"report for {month}"


def found(**filters: Any) -> str:
    try:
        names = [run.workflow_id for run in DBOS.list_workflows(**filters)]
    except ValueError as failure:
        return f"ValueError, {str(failure).partition(':')[0]}"
    return "all" if len(names) == 6 else ", ".join(names) or "none"


def status(workflow_id: str) -> str:
    run = DBOS.get_workflow_status(workflow_id)
    return run.status if run else str(run)


def retrieve(workflow_id: str) -> str:
    try:
        return DBOS.retrieve_workflow(workflow_id).get_workflow_id()
    except error.DBOSException as failure:
        return type(failure).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for month in ("may", "june", "july"):
        with SetWorkflowID(month):
            DBOS.start_workflow(build, month)
    begun.wait()
    for month in ("may", "june"):
        with suppress(ValueError):
            DBOS.retrieve_workflow(month).get_result()
    # Nobody has registered the queue "later", so its work waits.
    for month in ("august", "november"):
        with SetWorkflowID(month):
            DBOS.enqueue_workflow("later", build, month)
    with SetWorkflowID("october"), SetEnqueueOptions(delay_seconds=3600):
        DBOS.enqueue_workflow("later", build, "october")
    DBOS.cancel_workflow("november")
    print("a workflow that returned:", status("may"))
    #> a workflow that returned: SUCCESS
    print("a workflow that raised `ValueError`:", status("june"))
    #> a workflow that raised `ValueError`: ERROR
    print("a workflow in a step:", status("july"))
    #> a workflow in a step: PENDING
    DBOS.resume_workflow("july", queue_name="later")
    print("a workflow in a step, resumed:", status("july"))
    #> a workflow in a step, resumed: ENQUEUED
    DBOS.cancel_workflow("july")
    print("a workflow in a step, cancelled:", status("july"))
    #> a workflow in a step, cancelled: CANCELLED
    print("a job that waits in its queue:", status("august"))
    #> a job that waits in its queue: ENQUEUED
    print("a job with a delay of an hour:", status("october"))
    #> a job with a delay of an hour: DELAYED
    print("a job that was cancelled:", status("november"))
    #> a job that was cancelled: CANCELLED
    print('found with `status="success"`:', found(status="success"))
    #> found with `status="success"`: none
    print("found with a misspelt name:", found(name="biuld"))
    #> found with a misspelt name: none
    print("found with an empty list of statuses:", found(status=[]))
    #> found with an empty list of statuses: all
    print("found with an empty list of ids:", found(workflow_ids=[]))
    #> found with an empty list of ids: all
    print("found with `limit=0`:", found(limit=0))
    #> found with `limit=0`: all
    print('found with `start_time="yesterday"`:', found(start_time="yesterday"))
    #> found with `start_time="yesterday"`: ValueError, Invalid isoformat string
    print("`get_workflow_status` of an unknown id:", status("dec"))
    #> `get_workflow_status` of an unknown id: None
    print("`retrieve_workflow` of an unknown id:", retrieve("dec"))
    #> `retrieve_workflow` of an unknown id: DBOSNonExistentWorkflowError
    gate.set()
    DBOS.destroy()

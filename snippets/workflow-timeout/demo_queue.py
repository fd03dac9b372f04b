"""A queued workflow gets its deadline when it leaves the queue."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowTimeout, WorkflowHandle

occupied = threading.Event()
free = threading.Event()


@DBOS.workflow()
def occupy() -> None:
    occupied.set()
    free.wait()


Report = WorkflowHandle[str]


# --8<-- [start:rule]
@DBOS.workflow()
def build(month: str) -> str:
    return f"report for {month}"


def start_two() -> tuple[Report, Report]:
    with SetWorkflowTimeout(60):
        started = DBOS.start_workflow(build, "May")
        queued = DBOS.enqueue_workflow("reports", build, "June")
    return started, queued


def has_deadline(report: Report) -> bool:
    status = report.get_status()
    return status.workflow_deadline_epoch_ms is not None


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", worker_concurrency=1)
    DBOS.enqueue_workflow("reports", occupy)
    occupied.wait()
    started, queued = start_two()
    print("started:", has_deadline(started))
    #> started: True
    print("queued: ", has_deadline(queued))
    #> queued:  False
    free.set()
    print(queued.get_result(), "-", has_deadline(queued))
    #> report for June - True
    DBOS.destroy()

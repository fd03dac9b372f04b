"""The timeout of a queued workflow begins when it leaves the queue."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowTimeout, WorkflowHandle

occupied = threading.Event()
free = threading.Event()


@DBOS.workflow()
def occupy() -> None:
    occupied.set()
    free.wait()


@DBOS.workflow()
def build_report(month: str) -> str:
    return f"report for {month}"


# --8<-- [start:rule]
def main() -> WorkflowHandle[str]:
    DBOS.register_queue("reports", worker_concurrency=1)
    DBOS.enqueue_workflow("reports", occupy)
    occupied.wait()
    with SetWorkflowTimeout(0.5):
        queued = DBOS.enqueue_workflow("reports", build_report, "May")
        started = DBOS.start_workflow(occupy)
    while started.get_status().status == "PENDING":
        time.sleep(0.01)
    print("started at once:", started.get_status().status)
    #> started at once: CANCELLED
    print("still queued:", queued.get_status().status)
    #> still queued: ENQUEUED
    free.set()
    return queued


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    queued = main()
    print("after the queue:", queued.get_result(), queued.get_status().status)
    #> after the queue: report for May SUCCESS
    DBOS.destroy()

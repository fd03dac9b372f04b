"""Forks wait in the queue that the call names."""
# expect: ok
# Slower than others: the first job waits two seconds for another one beside it.

import os
import threading
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle

active: list[str] = []
most: list[int] = []
all_three = threading.Event()
printer_is_off = True


@DBOS.step()
def print_report(month: str) -> None:
    if printer_is_off:
        raise ConnectionError("printer is off")
    active.append(month)
    most.append(len(active))
    if len(active) == 3:
        all_three.set()
    all_three.wait(timeout=2)
    all_three.set()
    active.remove(month)


@DBOS.workflow()
def report(month: str) -> None:
    print_report(month)


# --8<-- [start:rule]
def try_again(job: str) -> WorkflowHandle[None]:
    with SetWorkflowID(f"{job}-again"):
        return DBOS.fork_workflow(job, 1, queue_name="reports")


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", global_concurrency=1, polling_interval_sec=0.1)
    for month in ("may", "june", "july"):
        with SetWorkflowID(month), suppress(ConnectionError):
            DBOS.enqueue_workflow("reports", report, month).get_result()
    printer_is_off = False
    for fork in [try_again(month) for month in ("may", "june", "july")]:
        fork.get_result()
    print("at once:", max(most))
    #> at once: 1
    DBOS.destroy()

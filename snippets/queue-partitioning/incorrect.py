"""Without a key, a report on a partitioned queue is not started."""
# expect: wrong

import os
import threading

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, WorkflowHandle

config: DBOSConfig = {
    "name": "reports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
gate = threading.Event()


@DBOS.step()
def collect(month: str) -> None:
    gate.wait(10)


@DBOS.workflow()
def build(month: str) -> None:
    DBOS.set_event("started", True)
    collect(month)


def other_tenant() -> WorkflowHandle[None]:
    with SetEnqueueOptions(queue_partition_key="globex"):
        return DBOS.enqueue_workflow("reports", build, "May")


# --8<-- [start:rule]
def register_reports() -> None:
    DBOS.register_queue("reports", partition_concurrency=1)


def enqueue(tenant: str, month: str) -> WorkflowHandle[None]:
    return DBOS.enqueue_workflow("reports", build, month)


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    register_reports()
    acme = [enqueue("acme", "May"), enqueue("acme", "June")]
    other = other_tenant()
    DBOS.get_event(other.workflow_id, "started")
    print("acme:", sorted(report.get_status().status for report in acme))
    #> acme: ['ENQUEUED', 'ENQUEUED']
    print("globex, enqueued last:", other.get_status().status)
    #> globex, enqueued last: PENDING
    gate.set()
    other.get_result()
    DBOS.destroy()

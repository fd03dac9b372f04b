"""What one poll takes, when the next one comes, and which key is next."""
# expect: ok
# Enqueues many jobs, and runs eight of them one after the other.

import os

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

KEYS = [f"tenant-{number}" for number in range(1, 9)]
started: list[str] = []


@DBOS.workflow()
def build(tenant: str) -> None:
    started.append(tenant)


def enqueue(queue: str, tenant: str) -> None:
    with SetWorkflowID(tenant), SetEnqueueOptions(queue_partition_key=tenant):
        DBOS.enqueue_workflow(queue, build, tenant)


def ended(job: str) -> str:
    handle = DBOS.retrieve_workflow(job)
    handle.get_result(polling_interval_sec=0.05)
    return handle.get_status().status


def some_polls(moment: str) -> None:
    for number in range(4):
        enqueue("later", f"{moment}-{number}")
        ended(f"{moment}-{number}")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for number in range(100):
        enqueue("many", f"report-{number}")
    DBOS.register_queue("many")
    for number in range(100):
        ended(f"report-{number}")
    runs = DBOS.list_workflows(queue_name="many")
    moments = {run.dequeued_at for run in runs}
    print("100 waiting jobs, moments at which polls took them:", len(moments))
    #> 100 waiting jobs, moments at which polls took them: 1
    started.clear()
    for key in KEYS:
        enqueue("tenants", key)
    DBOS.register_queue(
        "tenants",
        worker_concurrency=1,
        partition_concurrency=1,
        polling_interval_sec=0.05,
    )
    for key in KEYS:
        ended(key)
    print("one place, eight keys, started in the order of the keys:", started == KEYS)
    #> one place, eight keys, started in the order of the keys: False
    slow = DBOS.register_queue("slow", polling_interval_sec=3600)
    enqueue("slow", "unseen")
    DBOS.register_queue("later", polling_interval_sec=0.05)
    some_polls("before")  # The worker of `slow` waits now.
    slow.set_polling_interval_sec(0.05)
    some_polls("after")
    status = DBOS.retrieve_workflow("unseen").get_status().status
    print("polled every hour, then set to 0.05 s:", status)
    #> polled every hour, then set to 0.05 s: ENQUEUED
    DBOS.destroy()
    DBOS(config=config)
    DBOS.launch()
    print("the same after the next launch:", ended("unseen"))
    #> the same after the next launch: SUCCESS
    DBOS.destroy()

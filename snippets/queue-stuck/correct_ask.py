"""A client says of each waiting run what its row and its queue say."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSClient, DBOSConfig, SetEnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
gate = threading.Barrier(2)


@DBOS.workflow()
def build(month: str) -> None:
    gate.wait()
    gate.wait()


# --8<-- [start:rule]
def reason(client: DBOSClient, report: str) -> str:
    run = client.retrieve_workflow(report).get_status()
    latest = client.get_latest_application_version()
    if run.app_version not in (None, latest["version_name"]):
        return f"only version {run.app_version} takes it"
    name, key = run.queue_name or "", run.queue_partition_key
    queue = client.retrieve_queue(name)
    if queue is None:
        return f"nobody polls {name}"
    if key is None and (
        queue.partition_concurrency
        or queue.partition_worker_concurrency
        or queue.partition_limiter
    ):
        return "it has no partition key"
    if 0 in (queue.worker_concurrency, queue.global_concurrency):
        return "the queue is held"
    busy = client.list_workflows(queue_name=name, status="PENDING")
    return f"behind {[job.workflow_id for job in busy]}"


# --8<-- [end:rule]


def enqueue(report: str, queue: str, version: str | None = None) -> None:
    with SetWorkflowID(report), SetEnqueueOptions(app_version=version):
        DBOS.enqueue_workflow(queue, build, "May")


if __name__ == "__main__":
    config = DBOSConfig(name="reports", system_database_url=URL, log_level="ERROR")
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", global_concurrency=1)
    DBOS.register_queue("tenants", partition_concurrency=1)
    DBOS.register_queue("paused", worker_concurrency=0)
    enqueue("report-1", "reports")
    gate.wait()
    enqueue("report-2", "reports")
    enqueue("report-3", "reports", version="1")
    enqueue("report-4", "report")
    enqueue("report-5", "tenants")
    enqueue("report-6", "paused")
    client = DBOSClient(system_database_url=URL)
    print("2:", reason(client, "report-2"))
    #> 2: behind ['report-1']
    print("3:", reason(client, "report-3"))
    #> 3: only version 1 takes it
    print("4:", reason(client, "report-4"))
    #> 4: nobody polls report
    print("5:", reason(client, "report-5"))
    #> 5: it has no partition key
    print("6:", reason(client, "report-6"))
    #> 6: the queue is held
    DBOS.cancel_workflow("report-2")  # Nobody would open its gate.
    gate.wait()
    client.destroy()
    DBOS.destroy()

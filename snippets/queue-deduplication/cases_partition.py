"""A deduplication id on a partitioned queue, by a client and without a key."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig, SetEnqueueOptions, WorkflowHandle

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
CONFIG = DBOSConfig(name="reports", system_database_url=URL, log_level="CRITICAL")


@DBOS.workflow()
def build_report(month: str) -> str:
    return f"report for {month}"


def request(client: DBOSClient, tenant: str) -> WorkflowHandle[str]:
    return client.enqueue(
        {
            "workflow_name": "build_report",
            "queue_name": "reports",
            "queue_partition_key": tenant,
            "deduplication_id": "report-May",
        },
        "May",
    )


def second(client: DBOSClient) -> str:
    try:
        return request(client, "globex").workflow_id
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    DBOS(config=CONFIG)
    DBOS.launch()
    client = DBOSClient(system_database_url=URL)
    first = request(client, "acme")
    other_key = second(client)
    DBOS.register_queue("reports", partition_concurrency=1, polling_interval_sec=0.05)
    with SetEnqueueOptions(deduplication_id="report-June"):
        keyless = DBOS.enqueue_workflow("reports", build_report, "June")
    report = first.get_result(polling_interval_sec=0.05)
    print("a client's id beside a partition key:", report)
    #> a client's id beside a partition key: report for May
    print("the same id beside another key:", other_key)
    #> the same id beside another key: DBOSQueueDeduplicatedError
    print("an id without a partition key:", keyless.get_status().status)
    #> an id without a partition key: ENQUEUED
    client.destroy()
    DBOS.destroy()

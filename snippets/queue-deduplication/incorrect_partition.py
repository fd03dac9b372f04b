"""A deduplication id is refused beside a partition key."""
# expect: raises Exception
# differs: only the correct one names the workflow

import os
import threading

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, WorkflowHandle

collected: list[str] = []
data_ready = threading.Event()


# --8<-- [start:rule]
@DBOS.workflow()
def build_report(month: str) -> str:
    return collect(month)


def request_report(month: str) -> WorkflowHandle[str]:
    options = SetEnqueueOptions(
        deduplication_id=f"report-{month}",
        queue_partition_key="acme",
    )
    with options:
        return DBOS.enqueue_workflow("reports", build_report, month)


# --8<-- [end:rule]


@DBOS.step()
def collect(month: str) -> str:
    data_ready.wait()
    collected.append(month)
    return f"report for {month}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", partition_concurrency=1)
    try:
        first = request_report("May")
        second = request_report("May")
    finally:
        data_ready.set()
    print(first.get_result(), "and", second.get_result())
    print("same run:", first.workflow_id == second.workflow_id)
    print("collected:", len(collected))
    request_report("May").get_result()
    print("collected after the next request:", len(collected))
    DBOS.destroy()

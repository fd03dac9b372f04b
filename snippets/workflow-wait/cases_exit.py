"""What a wait for all work finds."""
# expect: ok

import os

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    EnqueueOptions,
    SetEnqueueOptions,
    SetWorkflowID,
)

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")


@DBOS.workflow()
def report() -> None:
    pass


def finds(workflow_id: str, *, filters: bool) -> str:
    """Lists what the wait of the correct file lists, or each unfinished run."""
    found = DBOS.list_workflows(
        status=["ENQUEUED", "PENDING"],
        app_version=DBOS.application_version if filters else None,
        executor_id=DBOS.executor_id if filters else None,
    )
    waits = workflow_id in [run.workflow_id for run in found]
    return "waited for" if waits else "not waited for"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("queued"):
        DBOS.enqueue_workflow("later", report)
    with SetWorkflowID("delayed"), SetEnqueueOptions(delay_seconds=3600):
        DBOS.enqueue_workflow("later", report)
    client = DBOSClient(system_database_url=URL)
    job: EnqueueOptions = {
        "workflow_name": "report",
        "queue_name": "later",
        "workflow_id": "by-client",
    }
    client.enqueue(job)
    own = finds("queued", filters=True)
    delayed = finds("delayed", filters=True)
    by_client = finds("by-client", filters=True)
    without = finds("by-client", filters=False)
    print("at the exit, a job that this process enqueued:", own)
    #> at the exit, a job that this process enqueued: waited for
    print("at the exit, a job with a delay of an hour:", delayed)
    #> at the exit, a job with a delay of an hour: not waited for
    print("at the exit, a job that a client enqueued:", by_client)
    #> at the exit, a job that a client enqueued: not waited for
    print("the same job, without version and executor id:", without)
    #> the same job, without version and executor id: waited for
    client.destroy()
    DBOS.destroy()

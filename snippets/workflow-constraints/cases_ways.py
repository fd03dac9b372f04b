"""Ways from a step to a workflow that are not refused."""
# expect: ok

import asyncio
import os
import threading

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID

url = os.environ.get("DBOS_SYSTEM_DATABASE_URL")


@DBOS.workflow()
def report() -> str:
    return "report"


@DBOS.workflow()
async def report_async() -> str:
    return "report"


@DBOS.step()
def start_by_client() -> None:
    options: EnqueueOptions = {
        "workflow_name": "report",
        "queue_name": "reports",
        "workflow_id": "by-client",
    }
    for _ in range(2):  # As when the step runs again.
        client.enqueue(options)


@DBOS.step()
def start_by_thread() -> None:
    thread = threading.Thread(target=start_report)
    thread.start()
    thread.join()


def start_report() -> None:
    with SetWorkflowID("by-thread"):
        DBOS.start_workflow(report)


@DBOS.workflow()
def start_both() -> None:
    start_by_client()
    start_by_thread()


@DBOS.step()
def call_report() -> str:
    return report()


@DBOS.step()
async def call_async() -> str:
    try:
        return await report_async()
    except AssertionError as failure:
        return repr(failure)


@DBOS.workflow()
async def in_async_step() -> str:
    return await call_async()


def runs(workflow_id: str) -> str:
    result = DBOS.retrieve_workflow(workflow_id).get_result()
    found = DBOS.list_workflows(workflow_ids=[workflow_id])
    return f"{len(found)} {result}, parent {found[0].parent_workflow_id}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": url,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", polling_interval_sec=0.1)
    client = DBOSClient(system_database_url=url or "sqlite:///reports.sqlite")
    start_both()
    print("enqueued twice by `DBOSClient`, with one id:", runs("by-client"))
    #> enqueued twice by `DBOSClient`, with one id: 1 report, parent None
    print("started in a thread of a step:", runs("by-thread"))
    #> started in a thread of a step: 1 report, parent None
    print("called by a step that no workflow called:", call_report())
    #> called by a step that no workflow called: report
    print("called by an async step:", asyncio.run(in_async_step()))
    #> called by an async step: AssertionError()
    client.destroy()
    DBOS.destroy()

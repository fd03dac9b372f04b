"""Which waits end, and how."""
# expect: ok

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, error

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")


@DBOS.workflow()
def report(month: str) -> str:
    if month == "august":
        raise ValueError("no sales in August")
    return f"report for {month}"


def start(workflow_id: str, month: str) -> None:
    with SetWorkflowID(workflow_id):
        DBOS.start_workflow(report, month)


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except error.DBOSException as failure:
        return str(failure).partition(":")[0]
    except ValueError as failure:
        return type(failure).__name__


def wait(workflow_id: str, change: Callable[[], object]) -> str:
    """Waits for a while, and then for what follows a change."""
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(outcome, lambda: DBOS.get_result(workflow_id))
        try:
            return answer.result(timeout=0.3)
        except TimeoutError:
            change()
            return f"waits, then {answer.result()}"


def enqueue(workflow_id: str) -> None:
    """Nobody has registered the queue, so the job waits."""
    with SetWorkflowID(workflow_id):
        DBOS.enqueue_workflow("later", report, "june")


def delete_and_start() -> None:
    DBOS.delete_workflow("queued-2")
    start("queued-2", "july")


def status_of(workflow_id: str, *, existing: bool) -> str:
    return DBOS.retrieve_workflow(workflow_id, existing).get_status().status


def first(*workflow_ids: str) -> str:
    handles = [DBOS.retrieve_workflow(run, False) for run in workflow_ids]
    return DBOS.wait_first(handles).workflow_id


def client_wait() -> str:
    return client.retrieve_workflow("unknown").get_workflow_id()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    client = DBOSClient(system_database_url=URL)
    enqueue("queued-1")
    enqueue("queued-2")
    print("an unknown id, started later:", wait("later", lambda: start("later", "may")))
    #> an unknown id, started later: waits, then report for may
    cancelled = wait("queued-1", lambda: DBOS.cancel_workflow("queued-1"))
    print("a job that no worker takes, cancelled later:", cancelled)
    #> a job that no worker takes, cancelled later: waits, then DBOS Error 13
    print("a waited-for job, deleted and started:", wait("queued-2", delete_and_start))
    #> a waited-for job, deleted and started: waits, then report for july
    start("failed", "august")
    failed = outcome(lambda: DBOS.get_result("failed"))
    print("a workflow that failed:", failed)
    #> a workflow that failed: ValueError
    unknown = outcome(lambda: status_of("unknown", existing=True))
    print("`retrieve_workflow` of an unknown id:", unknown)
    #> `retrieve_workflow` of an unknown id: DBOS Error 5
    by_client = outcome(client_wait)
    print("a client's `retrieve_workflow` of an unknown id:", by_client)
    #> a client's `retrieve_workflow` of an unknown id: DBOS Error 5
    later = outcome(lambda: status_of("unknown", existing=False))
    print("`existing_workflow=False`, then `get_status`:", later)
    #> `existing_workflow=False`, then `get_status`: DBOS Error 5
    ended = outcome(lambda: first("unknown", "failed"))
    print("`wait_first` with an unknown and a failed one:", ended)
    #> `wait_first` with an unknown and a failed one: failed
    print("`wait_first` with no handle:", outcome(first))
    #> `wait_first` with no handle: ValueError
    twice = outcome(lambda: first("a", "a"))
    print("`wait_first` with one id twice:", twice)
    #> `wait_first` with one id twice: ValueError
    client.destroy()
    DBOS.destroy()

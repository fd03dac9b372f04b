"""What is left of workflows that the end of DBOS cuts off."""
# expect: ok
# Takes some seconds: DBOS ends again and again.

import os
import threading
import time
from contextlib import suppress

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
begun, may_end = threading.Event(), threading.Event()
executed: list[str] = []


@DBOS.step()
def write(page: int) -> None:
    begun.set()
    may_end.wait(30)
    executed.append(f"page {page}")


@DBOS.workflow()
def export() -> None:
    write(1)
    write(2)


@DBOS.workflow()
def mail() -> None:
    pass


@DBOS.workflow()
def export_and_mail() -> None:
    DBOS.sleep(1.5)  # Until DBOS.destroy has begun.
    with SetWorkflowID("mail"):
        DBOS.enqueue_workflow("mails", mail).get_result()


# An executor id of its own keeps a launch from recovering what others left.
def launch(executor_id: str) -> None:
    begun.clear()
    may_end.clear()
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "executor_id": executor_id,
        "notification_listener_polling_interval_sec": 0.01,  # Shortens the ends.
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("mails", polling_interval_sec=0.1)


def status(*workflow_ids: str) -> str:
    client = DBOSClient(system_database_url=URL)
    found = [client.retrieve_workflow(each).get_status() for each in workflow_ids]
    client.destroy()
    return ", ".join(each.status for each in found)


def threads_end() -> None:
    may_end.set()
    while any(each.name.startswith("dbos-exec") for each in threading.enumerate()):
        time.sleep(0.01)


def time_runs_out() -> str:
    launch("a")
    with SetWorkflowID("report"):
        DBOS.start_workflow(export)
    begun.wait()
    result = DBOS.destroy(workflow_completion_timeout_sec=1)
    return f"returns {result}, {status('report')}"


def call_report() -> None:
    with SetWorkflowID("called"), suppress(Exception):
        export()


def called() -> str:
    launch("b")
    call = threading.Thread(target=call_report)
    call.start()
    begun.wait()
    DBOS.destroy(workflow_completion_timeout_sec=30)
    found = status("called")
    may_end.set()
    call.join()
    return found


def parent() -> str:
    launch("c")
    with SetWorkflowID("parent"):
        DBOS.start_workflow(export_and_mail)
    DBOS.destroy(workflow_completion_timeout_sec=3)
    return status("parent", "mail")


if __name__ == "__main__":
    print("a completion time that runs out in step 1 of 2:", time_runs_out())
    #> a completion time that runs out in step 1 of 2: returns None, PENDING
    threads_end()
    print("that workflow, when its thread has ended:", executed, status("report"))
    #> that workflow, when its thread has ended: ['page 1'] PENDING
    print("a workflow that a thread calls itself, with 30 s:", called())
    #> a workflow that a thread calls itself, with 30 s: PENDING
    print("a parent that waits for its queued child, with 3 s:", parent())
    #> a parent that waits for its queued child, with 3 s: PENDING, ENQUEUED
    launch("c")
    DBOS.retrieve_workflow("parent").get_result()
    print("both, after the next launch:", status("parent", "mail"))
    #> both, after the next launch: SUCCESS, SUCCESS
    DBOS.destroy(workflow_completion_timeout_sec=30)
    threads_end()

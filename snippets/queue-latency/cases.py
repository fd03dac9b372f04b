"""When a worker polls, what a poll costs, and who else polls."""
# expect: ok
# Takes some seconds: one caller waits for its second look.

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Engine, event

statements: dict[str, list[str]] = {}
go_on = threading.Event()


@DBOS.workflow()
def job() -> str:
    return "done"


@DBOS.step()
def hold() -> None:
    go_on.wait(60)


@DBOS.workflow()
def wait() -> None:
    hold()


def count(statement: str) -> None:
    worker = threading.current_thread().name.removeprefix("queue-worker-")
    statements.setdefault(worker, []).append(statement)


def await_polls(queue: str, polls: int) -> list[list[str]]:
    """The statements of polls, each of which begins with the row of the queue."""
    statements[queue] = []
    while True:
        found: list[list[str]] = []
        for statement in list(statements[queue]):
            if "queues" in statement:
                found.append([])
            if found:
                found[-1].append(statement)
        if len(found) > polls:
            return found[:-1]
        time.sleep(0.01)


def enqueue(queue: str, workflow_id: str) -> None:
    with SetWorkflowID(workflow_id):
        DBOS.enqueue_workflow(queue, job)


def status(workflow_id: str) -> str:
    return DBOS.retrieve_workflow(workflow_id).get_status().status


def launch() -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("clock", polling_interval_sec=0.1)
    DBOS.register_queue("slow", polling_interval_sec=3600)


if __name__ == "__main__":
    event.listen(Engine, "after_cursor_execute", lambda *args: count(args[2]))
    launch()
    enqueue("slow", "first")
    idle = await_polls("clock", 10)
    print("first job of a queue with an hour, 10 polls elsewhere:", status("first"))
    #> first job of a queue with an hour, 10 polls elsewhere: ENQUEUED
    DBOS.destroy()
    launch()
    await_polls("clock", 10)
    print("the same after a restart of the process:", status("first"))
    #> the same after a restart of the process: ENQUEUED
    print(
        "statements of a poll that finds nothing, no limit:",
        *{len(poll) for poll in idle},
    )
    #> statements of a poll that finds nothing, no limit: 3
    writes = [s for poll in idle for s in poll if not s.startswith("SELECT")]
    print("writes of 10 such polls:", len(writes))
    #> writes of 10 such polls: 0
    with SetWorkflowID("started"):
        DBOS.start_workflow(job).get_result()
    print("`start_workflow`, without a queue:", status("started"))
    #> `start_workflow`, without a queue: SUCCESS
    with SetWorkflowID("waited"):
        handle = DBOS.enqueue_workflow("clock", wait)
    waiter = threading.Thread(
        target=handle.get_result, kwargs={"polling_interval_sec": 4}, name="waiter"
    )
    waiter.start()
    while "waiter" not in statements:  # It has looked once then.
        time.sleep(0.01)
    go_on.set()
    while status("waited") != "SUCCESS":
        time.sleep(0.01)
    print("ended, `get_result(polling_interval_sec=4)` still waits:", waiter.is_alive())
    #> ended, `get_result(polling_interval_sec=4)` still waits: True
    waiter.join()
    found = DBOS.retrieve_queue("_dbos_internal_queue")
    print("`retrieve_queue` of the internal queue:", found)
    #> `retrieve_queue` of the internal queue: None
    DBOS.destroy()

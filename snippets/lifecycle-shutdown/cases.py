"""What goes on in a process while DBOS.destroy waits for a report."""
# expect: ok
# Takes some seconds: a schedule gets two seconds in which it could start something.

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, SetWorkflowTimeout

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
config: DBOSConfig = {
    "name": "reports",
    "system_database_url": URL,
    "scheduler_polling_interval_sec": 0.1,
    "log_level": "INFO",
}
waits, may_end = threading.Event(), threading.Event()


def notice(record: logging.LogRecord) -> bool:
    """Shows no line of the log, and notices when DBOS.destroy has begun to wait."""
    if record.getMessage().startswith("Attempting to shut down DBOS"):
        waits.set()
    return False


@DBOS.step()
def write(page: int) -> None:
    may_end.wait(30)


@DBOS.workflow()
def export() -> None:
    write(1)
    write(2)


@DBOS.workflow()
def mail() -> None:
    pass


@DBOS.workflow()
def ask() -> None:
    DBOS.recv(timeout_seconds=30)


@DBOS.workflow()
def tick(scheduled: datetime, context: Any) -> None:
    pass


def start(workflow_id: str, workflow: Callable[[], object]) -> None:
    with SetWorkflowID(workflow_id):
        DBOS.start_workflow(workflow)


def ticks() -> int:
    return len(DBOS.list_workflows(name="tick"))


def status(workflow_id: str) -> str:
    """Looks without a launch."""
    client = DBOSClient(system_database_url=URL)
    found = client.retrieve_workflow(workflow_id).get_status().status
    client.destroy()
    return found


if __name__ == "__main__":
    logging.getLogger("dbos").addFilter(notice)
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("mails", polling_interval_sec=0.1)
    DBOS.create_schedule(schedule_name="tick", workflow_fn=tick, schedule="* * * * * *")
    while not ticks():
        time.sleep(0.01)
    start("report", export)
    start("question", ask)
    with SetWorkflowTimeout(3):
        start("late", export)
    with SetWorkflowID("job"):
        DBOS.enqueue_workflow("mails", export)
    while DBOS.retrieve_workflow("job").get_status().status != "PENDING":
        time.sleep(0.01)
    time_limit = {"workflow_completion_timeout_sec": 60}
    end = threading.Thread(target=DBOS.destroy, kwargs=time_limit)
    end.start()
    waits.wait()
    with SetWorkflowID("queued"):
        DBOS.enqueue_workflow("mails", mail)
    start("started", mail)
    DBOS.send("question", "yes")
    before = ticks()
    time.sleep(2.2)
    started = ticks() - before
    while DBOS.retrieve_workflow("late").get_status().status != "CANCELLED":
        time.sleep(0.01)
    may_end.set()
    end.join()
    print("the workflow that `destroy` waits for:", status("report"))
    #> the workflow that `destroy` waits for: SUCCESS
    print("a job that a queue has begun before:", status("job"))
    #> a job that a queue has begun before: SUCCESS
    print("a job enqueued meanwhile:", status("queued"))
    #> a job enqueued meanwhile: ENQUEUED
    print("runs of a schedule, one a second, in 2 s meanwhile:", started)
    #> runs of a schedule, one a second, in 2 s meanwhile: 0
    print("a workflow started meanwhile:", status("started"))
    #> a workflow started meanwhile: SUCCESS
    print("a workflow in `recv`, sent a message meanwhile:", status("question"))
    #> a workflow in `recv`, sent a message meanwhile: SUCCESS
    print("a workflow whose timeout passes meanwhile:", status("late"))
    #> a workflow whose timeout passes meanwhile: CANCELLED

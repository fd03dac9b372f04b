"""A more urgent payment arrives while two processes of one version poll."""
# expect: ok

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, WorkflowHandle
from sqlalchemy import Engine, event

QUEUE = "payments"
SECOND = len(sys.argv) > 1


@DBOS.workflow()
def pay(name: str) -> int:
    return call_bank(name)


def pay_both() -> list[WorkflowHandle[int]]:
    DBOS.register_queue(QUEUE, limiter={"limit": 1, "period": 30})
    handles = []
    for name, priority in (("routine", 2), ("urgent", 1)):
        with SetEnqueueOptions(priority=priority):
            handles.append(DBOS.enqueue_workflow(QUEUE, pay, name))
        wait_for("polled")  # The second process is about to choose.
    Path("enqueued").touch()  # Now the first process polls, too.
    return handles


@DBOS.step()
def call_bank(name: str) -> int:
    Path("started").touch()
    wait_for("decided")
    return len(DBOS.list_workflows(queue_name=QUEUE, status="PENDING"))


def wait_for(file: str) -> None:
    while not Path(file).exists():
        time.sleep(0.01)


def meet(statement: str) -> None:
    if threading.current_thread().name == f"queue-worker-{QUEUE}":
        if not SECOND:
            wait_for("enqueued")
        elif "queues" in statement and Path("started").exists():
            Path("decided").touch()  # The next poll begins.
        elif "LIMIT" in statement:
            Path("polled").touch()
            wait_for("started")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "payments",
        "executor_id": "payer-2" if SECOND else "payer-1",
        "application_version": "1",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    event.listen(Engine, "before_cursor_execute", lambda *args: meet(args[2]))
    DBOS(config=config)
    DBOS.launch()
    if SECOND:
        sys.stdin.read()  # Works until it is killed.
    second = subprocess.Popen([sys.executable, __file__, "2"], stdin=subprocess.PIPE)
    handles = pay_both()
    started = max(handle.get_result() for handle in handles)
    print("`limit` of 1, a more urgent job arrives in a poll:", started, "started")
    #> `limit` of 1, a more urgent job arrives in a poll: 2 started
    second.kill()
    second.wait()
    DBOS.destroy()

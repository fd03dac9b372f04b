"""Which runs start beside a full queue, whose `global_concurrency` is one."""
# expect: ok
# Launches a second application, and waits for the polls of the internal queue.

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, WorkflowHandle

DATABASE = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///imports.sqlite")
OTHER = len(sys.argv) > 1
POLL = 0.05


@DBOS.workflow()
def import_file(name: str) -> None:
    if name == "first":
        DBOS.recv("go", timeout_seconds=60)


def launch(name: str) -> None:
    config: DBOSConfig = {
        "name": name,
        "application_version": name,
        "system_database_url": DATABASE,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def enqueue(name: str) -> WorkflowHandle[Any]:
    return DBOS.enqueue_workflow("imports", import_file, name)


def place(run: WorkflowHandle[Any]) -> str:
    status = run.get_status()
    return f"{status.status} on `{status.queue_name}`"


def ended(run: WorkflowHandle[Any]) -> str:
    run.get_result(polling_interval_sec=POLL)
    return place(run)


def cancelled(name: str) -> str:
    run = enqueue(name)
    DBOS.cancel_workflow(run.workflow_id)
    return run.workflow_id


def other_application() -> str:
    subprocess.run([sys.executable, __file__, "other"], check=True)
    return Path("other").read_text()


if __name__ == "__main__":
    launch("exports" if OTHER else "imports")
    if OTHER:
        Path("other").write_text(ended(enqueue("other")))
        DBOS.destroy()
        sys.exit()
    client = DBOSClient(system_database_url=DATABASE)
    client.register_queue("imports", global_concurrency=1, polling_interval_sec=POLL)
    client.destroy()
    first = enqueue("first")
    while first.get_status().status != "PENDING":
        time.sleep(POLL)
    second, third = cancelled("second"), cancelled("third")
    on_queue = DBOS.resume_workflow(third, queue_name="imports")
    print("resumed without a queue:", ended(DBOS.resume_workflow(second)))
    #> resumed without a queue: SUCCESS on `_dbos_internal_queue`
    print("forked without a queue:", ended(DBOS.fork_workflow(second, 1)))
    #> forked without a queue: SUCCESS on `_dbos_internal_queue`
    print("resumed with `queue_name`:", place(on_queue))
    #> resumed with `queue_name`: ENQUEUED on `imports`
    print("a job of another application on the queue:", other_application())
    #> a job of another application on the queue: SUCCESS on `imports`
    print("the first one meanwhile:", place(first))
    #> the first one meanwhile: PENDING on `imports`
    DBOS.send(first.workflow_id, "now", "go")
    ended(on_queue)
    DBOS.destroy()

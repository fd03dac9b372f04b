"""The process that had begun the runs is dead, and one with another id follows."""
# expect: crash

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

BEGUN = Path("begun")
RESTARTED = BEGUN.exists()
POLL = 0.05
begun = threading.Semaphore(0)


@DBOS.step()
def render(month: str) -> None:
    begun.release()
    while not RESTARTED:
        time.sleep(1)


@DBOS.workflow()
def build(month: str) -> None:
    render(month)


@DBOS.workflow()
def remind(month: str) -> None:
    pass


def enqueue(
    queue: str, job: str, workflow: Callable[[str], None] = build, **options: Any
) -> None:
    with SetWorkflowID(job), SetEnqueueOptions(**options):
        DBOS.enqueue_workflow(queue, workflow, "May")


def status(job: str) -> str:
    return DBOS.retrieve_workflow(job).get_status().status


def row(job: str) -> str:
    run = DBOS.retrieve_workflow(job).get_status()
    return f"{run.status} on `{run.queue_name}`, {run.executor_id}"


def ended(job: str) -> str:
    DBOS.retrieve_workflow(job).get_result(polling_interval_sec=POLL)
    return status(job)


def deduplication_id(job: str) -> str | None:
    return DBOS.retrieve_workflow(job).get_status().deduplication_id


def begin_and_die() -> None:
    enqueue("polled", "due", remind, delay_seconds=0.1)
    for job in ("started", "kept"):
        with SetWorkflowID(job):
            DBOS.start_workflow(build, "May")
        begun.acquire()
    enqueue("one", "queued", deduplication_id="May")
    begun.acquire()
    enqueue("tenants", "keyed", queue_partition_key="acme")
    begun.acquire()
    BEGUN.touch()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "application_version": "1",
        "executor_id": "worker-2" if RESTARTED else "worker-1",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    register = DBOS.register_queue
    register("one", global_concurrency=1, polling_interval_sec=POLL)
    register("tenants", partition_concurrency=1, polling_interval_sec=POLL)
    if not RESTARTED:
        begin_and_die()
    register("polled", polling_interval_sec=POLL)
    enqueue("tenants", "next-of-acme", remind, queue_partition_key="acme")
    enqueue("tenants", "of-globex", remind, queue_partition_key="globex")
    for number in range(4):
        enqueue("polled", f"control-{number}", remind)
        ended(f"control-{number}")
    print("begun by a process that died:", row("queued"))
    print("started by it without a queue:", row("started"))
    print("of the key of such a run, one run a key:", status("next-of-acme"))
    print("of another key, meanwhile:", ended("of-globex"))
    print("delayed, due while nothing ran:", ended("due"))
    ended(DBOS.resume_workflow("started").workflow_id)
    print("resumed without a queue:", row("started"))
    deduplicated = [deduplication_id("queued")]
    ended(DBOS.resume_workflow("queued", queue_name="one").workflow_id)
    print("resumed on its queue:", row("queued"))
    deduplicated.append(deduplication_id("queued"))
    print("its deduplication id, before and after:", *deduplicated)
    DBOS.resume_workflow("keyed", queue_name="tenants")
    print("of the same key, once that run is resumed:", ended("next-of-acme"))
    DBOS.destroy()
    config["executor_id"] = "worker-1"
    DBOS(config=config)
    DBOS.launch()
    print("launched under the id of the dead process:", ended("kept"))
    DBOS.destroy()

"""Jobs that a limit, a key or a time holds back: what shows it, and the way out."""
# expect: ok
# Waits for polls in which nothing moves.

import os
import threading
from typing import Any

from dbos import DBOS, DBOSConfig, Queue, SetEnqueueOptions, SetWorkflowID

POLL = 0.05
begun = threading.Event()
gate = threading.Event()


@DBOS.workflow()
def build(month: str) -> str:
    return f"report for {month}"


@DBOS.workflow()
def wait(month: str) -> None:
    begun.set()
    gate.wait()


def register(queue: str, **limits: Any) -> Queue:
    return DBOS.register_queue(queue, polling_interval_sec=POLL, **limits)


def enqueue(
    queue: str, job: str, workflow: Any = build, delay: float | None = None
) -> None:
    with SetWorkflowID(job), SetEnqueueOptions(delay_seconds=delay):
        DBOS.enqueue_workflow(queue, workflow, "May")


def status(job: str) -> str:
    return DBOS.retrieve_workflow(job).get_status().status


def ended(job: str) -> str:
    DBOS.retrieve_workflow(job).get_result(polling_interval_sec=POLL)
    return status(job)


def begun_on(queue: str) -> list[str]:
    runs = DBOS.list_workflows(queue_name=queue, status="PENDING")
    return [run.workflow_id for run in runs]


def some_polls() -> None:
    for _ in range(4):
        run = DBOS.enqueue_workflow("polled", build, "May")
        run.get_result(polling_interval_sec=POLL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    register("polled")
    register("tenants", partition_concurrency=1)
    held = register("held", worker_concurrency=0)
    register("one", global_concurrency=1)
    limited = register("limited", limiter={"limit": 1, "period": 3600})
    enqueue("tenants", "keyless")
    enqueue("held", "waiting")
    enqueue("one", "running", wait)
    begun.wait()
    enqueue("one", "next")
    enqueue("limited", "first")
    ended("first")
    enqueue("limited", "second")
    enqueue("polled", "tomorrow", delay=86400)
    some_polls()
    print("without a key, on a queue with a limit per key:", status("keyless"))
    #> without a key, on a queue with a limit per key: ENQUEUED
    again = DBOS.fork_workflow(
        "keyless", 1, queue_name="tenants", queue_partition_key="acme"
    )
    print("its fork with a key:", ended(again.workflow_id))
    #> its fork with a key: SUCCESS
    DBOS.cancel_workflow("keyless")
    print("on a queue with `worker_concurrency=0`:", status("waiting"))
    #> on a queue with `worker_concurrency=0`: ENQUEUED
    held.set_worker_concurrency(1)
    print("once `worker_concurrency` is 1:", ended("waiting"))
    #> once `worker_concurrency` is 1: SUCCESS
    print("behind a running job, `global_concurrency=1`:", status("next"))
    #> behind a running job, `global_concurrency=1`: ENQUEUED
    print("PENDING runs of its queue:", begun_on("one"))
    #> PENDING runs of its queue: ['running']
    DBOS.resume_workflow("next")
    beside = f"{ended('next')} beside {begun_on('one')}"
    print("the job behind it, resumed without a queue:", beside)
    #> the job behind it, resumed without a queue: SUCCESS beside ['running']
    print("after the one start that an hour allows:", status("second"))
    #> after the one start that an hour allows: ENQUEUED
    limited.set_limiter(None)
    print("once the limiter is `None`:", ended("second"))
    #> once the limiter is `None`: SUCCESS
    print("with a delay of a day:", status("tomorrow"))
    #> with a delay of a day: DELAYED
    DBOS.set_workflow_delay("tomorrow", delay_seconds=0)
    print("once the delay is set to 0:", ended("tomorrow"))
    #> once the delay is set to 0: SUCCESS
    gate.set()
    ended("running")
    DBOS.destroy()

"""Runs that stay PENDING though their process lives."""
# expect: ok
# Waits for polls of the internal queue.

import os
import threading
import time

from dbos import DBOS, DBOSConfig, EnqueueOptions, SetWorkflowID

config: DBOSConfig = {
    "name": "reports",
    "application_version": "1",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}
POLL = 0.05
begun = threading.Semaphore(0)
gate = threading.Event()
renders: list[str] = []


@DBOS.workflow()
def build(month: str) -> str:
    return f"report for {month}"


@DBOS.step()
def render(month: str) -> None:
    renders.append(month)
    begun.release()
    gate.wait()


@DBOS.workflow()
def build_slowly(month: str) -> None:
    render(month)


def add_missing_workflow() -> None:
    @DBOS.workflow(name="biuld")
    def build_as_misspelt(month: str) -> str:
        return f"report for {month}"


def enqueue(queue: str, name: str, job: str) -> None:
    options: EnqueueOptions = {
        "workflow_name": name,
        "queue_name": queue,
        "workflow_id": job,
    }
    DBOS.enqueue_workflow_with_options(options, "May")


def status(job: str) -> str:
    return DBOS.retrieve_workflow(job).get_status().status


def ended(job: str) -> str:
    DBOS.retrieve_workflow(job).get_result(polling_interval_sec=POLL)
    return status(job)


def wait_until_begun(job: str) -> None:
    while status(job) != "PENDING":
        time.sleep(0.01)


def some_polls() -> None:
    for _ in range(4):
        run = DBOS.enqueue_workflow("polled", build, "May")
        run.get_result(polling_interval_sec=POLL)


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    register = DBOS.register_queue
    register("polled", polling_interval_sec=POLL)
    register("all", global_concurrency=1, polling_interval_sec=POLL)
    register("each", worker_concurrency=1, polling_interval_sec=POLL)
    for queue in ("all", "each"):
        enqueue(queue, "biuld", f"{queue}-1")
        wait_until_begun(f"{queue}-1")
        enqueue(queue, "build", f"{queue}-2")
    some_polls()
    print("a workflow name that no process has:", status("all-1"))
    #> a workflow name that no process has: PENDING
    print("recorded steps of such a run:", DBOS.list_workflow_steps("all-1"))
    #> recorded steps of such a run: []
    print("the job behind that run, `global_concurrency=1`:", status("all-2"))
    #> the job behind that run, `global_concurrency=1`: ENQUEUED
    print("the job behind that run, `worker_concurrency=1`:", ended("each-2"))
    #> the job behind that run, `worker_concurrency=1`: SUCCESS
    DBOS.cancel_workflow("all-1")
    print("the job behind that run, once that run is cancelled:", ended("all-2"))
    #> the job behind that run, once that run is cancelled: SUCCESS
    DBOS.resume_workflow("all-1", queue_name="polled")
    wait_until_begun("all-1")
    some_polls()
    print("that run, resumed:", status("all-1"))
    #> that run, resumed: PENDING
    with SetWorkflowID("slow"):
        DBOS.start_workflow(build_slowly, "June")
    begun.acquire()
    DBOS.resume_workflow("slow", queue_name="polled")
    begun.acquire()
    print("resumed while its process lives, runs of its step:", len(renders))
    #> resumed while its process lives, runs of its step: 2
    gate.set()
    ended("slow")
    DBOS.destroy()
    add_missing_workflow()
    DBOS(config=config)
    DBOS.launch()
    print("the same version launched with the missing name:", ended("each-1"))
    #> the same version launched with the missing name: SUCCESS
    DBOS.destroy()

"""What counts as a start, on queues that start one payment in 60 s."""
# expect: ok
# Takes some seconds: a payment that waits is looked at after several polls.

import os
import threading
import time
from typing import Any

from dbos import DBOS, DBOSConfig, Queue, SetEnqueueOptions, WorkflowHandle

POLL = 0.05
started = threading.Event()
gate = threading.Event()
attempts: list[str] = []


@DBOS.step(retries_allowed=True, interval_seconds=0.01, max_attempts=4)
def call_bank(order: str) -> str:
    if order == "blocked":
        started.set()
        gate.wait(30)
    if order == "flaky":
        attempts.append(order)
        if len(attempts) < 4:
            raise ConnectionError("bank unreachable")
    return f"{order} paid"


@DBOS.workflow()
def pay(order: str) -> str:
    return call_bank(order)


def enqueue(
    queue: str, order: str = "order", delay: float | None = None
) -> WorkflowHandle[str]:
    with SetEnqueueOptions(delay_seconds=delay):
        return DBOS.enqueue_workflow(queue, pay, order)


def register(name: str, limit: int) -> Queue:
    return DBOS.register_queue(
        name, limiter={"limit": limit, "period": 60}, polling_interval_sec=POLL
    )


def ended(run: WorkflowHandle[Any]) -> str:
    run.get_result(polling_interval_sec=POLL)
    return run.get_status().status


def later(run: WorkflowHandle[Any]) -> str:
    for _ in range(8):
        ended(enqueue("free"))  # Its queue has the same polling interval.
    return run.get_status().status


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "payments",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    burst = [enqueue("three") for _ in range(3)]
    register("three", 3)
    register("none", 0)
    for name in ("a", "b", "c", "d", "e"):
        register(name, 1)
    changed = DBOS.register_queue("changed", polling_interval_sec=POLL)
    DBOS.register_queue("free", polling_interval_sec=POLL)
    waiting = enqueue("none")
    stamps = {ended(run) and run.get_status().dequeued_at for run in burst}
    print("three waiting jobs, limit 3, moments of their start:", len(stamps))
    #> three waiting jobs, limit 3, moments of their start: 1
    enqueue("a", delay=60)
    pay("order")
    DBOS.start_workflow(pay, "order").get_result()
    print("after a direct call, beside a delayed job:", ended(enqueue("a")))
    #> after a direct call, beside a delayed job: SUCCESS
    ended_run = DBOS.list_workflows(queue_name="a", status="SUCCESS")[0].workflow_id
    print("after a start whose run has ended:", later(enqueue("a")))
    #> after a start whose run has ended: ENQUEUED
    DBOS.cancel_workflow(ended_run)
    print("after a cancel of the run that has ended:", later(enqueue("a")))
    #> after a cancel of the run that has ended: ENQUEUED
    first = enqueue("b")
    ended(first)
    DBOS.delete_workflow(first.workflow_id)
    print("after a start whose run is deleted:", ended(enqueue("b")))
    #> after a start whose run is deleted: SUCCESS
    blocked = enqueue("c", "blocked")
    started.wait()
    DBOS.cancel_workflow(blocked.workflow_id)
    print("after a start that is cancelled in its step:", ended(enqueue("c")))
    #> after a start that is cancelled in its step: SUCCESS
    gate.set()
    flaky = ended(enqueue("d", "flaky"))
    print("four attempts of one step:", flaky, "after", len(attempts), "attempts")
    #> four attempts of one step: SUCCESS after 4 attempts
    first = enqueue("e")
    ended(first)
    fork = DBOS.fork_workflow(first.workflow_id, 1, queue_name="e")
    print("a fork onto the queue, after a start:", later(fork))
    #> a fork onto the queue, after a start: ENQUEUED
    fork = DBOS.fork_workflow(first.workflow_id, 1)
    print("a fork without a queue, after a start:", ended(fork))
    #> a fork without a queue, after a start: SUCCESS
    ended(enqueue("changed"))
    changed.set_limiter({"limit": 1, "period": 60})
    time.sleep(0.5)  # By then the worker has read the limiter.
    print("after a start before the limiter was set:", ended(enqueue("changed")))
    #> after a start before the limiter was set: SUCCESS
    print("a limit of 0:", waiting.get_status().status)
    #> a limit of 0: ENQUEUED
    DBOS.destroy()

"""How many imports of a queue run at once in one process."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig, WorkflowHandle

gate = threading.Event()
inside = threading.Event()
POLL = 0.05


@DBOS.step()
def load(name: str) -> None:
    inside.set()
    gate.wait(30)


@DBOS.workflow()
def import_file(name: str) -> None:
    load(name)


@DBOS.workflow()
def import_when_told(name: str) -> None:
    DBOS.recv("go", timeout_seconds=30)


@DBOS.workflow()
async def import_async(name: str) -> None:
    await DBOS.recv_async("go", timeout_seconds=30)


@DBOS.workflow()
def control() -> None:
    pass


def poll_once_more() -> None:
    DBOS.enqueue_workflow("control", control).get_result(polling_interval_sec=POLL)


def running(queue: str) -> str:
    """Waits for a first run, unless the limit is zero; a poll takes all it may."""
    while not (runs := DBOS.list_workflows(queue_name=queue, status="PENDING")):
        if queue == "zero":
            break
        time.sleep(POLL)
    return f"{len(runs)} running"


def after_cancel(queue: str) -> str:
    inside.clear()
    first: WorkflowHandle[None] = DBOS.enqueue_workflow(queue, import_file, "a")
    inside.wait()
    DBOS.cancel_workflow(first.workflow_id)
    following = DBOS.enqueue_workflow(queue, control)
    for _ in range(15):
        if following.get_status().status != "SUCCESS":
            poll_once_more()
    status = following.get_status().status
    return f"{first.get_status().status}, the next one {status}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "imports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    ids: list[str] = []
    for name in ("1", "2", "3", "4", "5"):
        for queue in ("free", "zero", "worker-2", "global-2"):
            DBOS.enqueue_workflow(queue, import_file, name)
        told = DBOS.enqueue_workflow("message", import_when_told, name)
        told_async = DBOS.enqueue_workflow("async", import_async, name)
        ids += [told.workflow_id, told_async.workflow_id]
    new = DBOS.register_queue
    new("free", polling_interval_sec=POLL)
    new("zero", worker_concurrency=0, polling_interval_sec=POLL)
    for name in ("worker-2", "async"):  # It counts what has begun by the next poll.
        new(name, worker_concurrency=2, polling_interval_sec=1)
    new("global-2", global_concurrency=2, polling_interval_sec=POLL)
    for name in ("message", "global-1"):
        new(name, global_concurrency=1, polling_interval_sec=POLL)
    new("worker-1", worker_concurrency=1, polling_interval_sec=POLL)
    new("control", polling_interval_sec=POLL)
    for _ in range(25):
        poll_once_more()
    print("five jobs without a limit:", running("free"))
    #> five jobs without a limit: 5 running
    print("five jobs, `worker_concurrency=0`:", running("zero"))
    #> five jobs, `worker_concurrency=0`: 0 running
    print("five jobs, `worker_concurrency=2`:", running("worker-2"))
    #> five jobs, `worker_concurrency=2`: 2 running
    print("five async jobs, `worker_concurrency=2`:", running("async"))
    #> five async jobs, `worker_concurrency=2`: 2 running
    print("five jobs, `global_concurrency=2`:", running("global-2"))
    #> five jobs, `global_concurrency=2`: 2 running
    print("five that wait in `recv`, `global_concurrency=1`:", running("message"))
    #> five that wait in `recv`, `global_concurrency=1`: 1 running
    beside = [DBOS.start_workflow(import_when_told, name) for name in "abc"]
    states = {run.get_status().status for run in beside}
    print("three by `start_workflow`, beside a full queue:", *states)
    #> three by `start_workflow`, beside a full queue: PENDING
    print("cancelled in its step, `global_concurrency=1`:", after_cancel("global-1"))
    #> cancelled in its step, `global_concurrency=1`: CANCELLED, the next one SUCCESS
    print("cancelled in its step, `worker_concurrency=1`:", after_cancel("worker-1"))
    #> cancelled in its step, `worker_concurrency=1`: CANCELLED, the next one ENQUEUED
    gate.set()
    ids += [run.workflow_id for run in beside]
    for workflow_id in ids:
        DBOS.send(workflow_id, "now", "go")
    for workflow_id in ids:
        DBOS.retrieve_workflow(workflow_id).get_result(polling_interval_sec=POLL)
    DBOS.destroy()

"""How many imports of a queue run at once in one process."""
# expect: ok

import os
import threading
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, WorkflowHandle

gate = threading.Event()


@DBOS.step()
def load(name: str) -> str:
    gate.wait(30)
    return f"{name} loaded"


@DBOS.workflow()
def import_file(name: str) -> str:
    return load(name)


@DBOS.workflow()
def import_when_told() -> object:
    return DBOS.recv("go", timeout_seconds=30)


@DBOS.workflow()
async def import_async_when_told() -> object:
    return await DBOS.recv_async("go", timeout_seconds=30)


@DBOS.workflow()
def control() -> str:
    return "imported"


def let_workers_poll() -> None:
    """All queues have the same polling interval: each is polled several times."""
    for _ in range(4):
        run = DBOS.enqueue_workflow("control", control)
        run.get_result(polling_interval_sec=0.05)


def running(queue: str) -> str:
    return f"{len(DBOS.list_workflows(queue_name=queue, status='PENDING'))} running"


def outcome(call: Callable[[], object]) -> object:
    try:
        return call()
    except ValueError as error:
        return type(error).__name__


def after_cancel(queue: str) -> str:
    first: WorkflowHandle[str] = DBOS.enqueue_workflow(queue, import_file, "a")
    let_workers_poll()
    DBOS.cancel_workflow(first.workflow_id)
    next_one = DBOS.enqueue_workflow(queue, control)
    let_workers_poll()
    status = next_one.get_status().status
    return f"{first.get_status().status}, the next one {status}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "imports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    new = DBOS.register_queue
    new("free", polling_interval_sec=0.05)
    new("zero", worker_concurrency=0, polling_interval_sec=0.05)
    new("worker-2", worker_concurrency=2, polling_interval_sec=0.05)
    new("async", worker_concurrency=2, polling_interval_sec=0.05)
    new("global-2", global_concurrency=2, polling_interval_sec=0.05)
    for name in ("message", "global-1"):
        new(name, global_concurrency=1, polling_interval_sec=0.05)
    new("worker-1", worker_concurrency=1, polling_interval_sec=0.05)
    new("control", polling_interval_sec=0.05)
    for number in range(5):
        for name in ("free", "zero", "worker-2", "global-2"):
            DBOS.enqueue_workflow(name, import_file, f"file-{number}")
    told = [DBOS.enqueue_workflow("message", import_when_told) for _ in "ab"]
    told += [DBOS.enqueue_workflow("async", import_async_when_told) for _ in "abcde"]
    started = [DBOS.start_workflow(import_when_told) for _ in "abc"]
    let_workers_poll()
    print("five jobs without a limit:", running("free"))
    #> five jobs without a limit: 0 running
    print("five jobs, `worker_concurrency=0`:", running("zero"))
    #> five jobs, `worker_concurrency=0`: 0 running
    print("five jobs, `worker_concurrency=2`:", running("worker-2"))
    #> five jobs, `worker_concurrency=2`: 2 running
    print("five async jobs, `worker_concurrency=2`:", running("async"))
    #> five async jobs, `worker_concurrency=2`: 2 running
    print("five jobs, `global_concurrency=2`:", running("global-2"))
    #> five jobs, `global_concurrency=2`: 2 running
    print("two that wait in `recv`, `global_concurrency=1`:", running("message"))
    #> two that wait in `recv`, `global_concurrency=1`: 1 running
    beside = [run for run in started if run.get_status().status == "PENDING"]
    print("three by `start_workflow` beside a full queue:", len(beside), "running")
    #> three by `start_workflow` beside a full queue: 3 running
    print("cancelled in its step, `global_concurrency=1`:", after_cancel("global-1"))
    #> cancelled in its step, `global_concurrency=1`: CANCELLED, the next one SUCCESS
    print("cancelled in its step, `worker_concurrency=1`:", after_cancel("worker-1"))
    #> cancelled in its step, `worker_concurrency=1`: CANCELLED, the next one ENQUEUED
    above = outcome(lambda: new("x", worker_concurrency=3, global_concurrency=2))
    print("a worker limit above the global one:", above)
    #> a worker limit above the global one: ValueError
    twice = outcome(lambda: new("x", concurrency=2, global_concurrency=2))
    print("`concurrency` beside `global_concurrency`:", twice)
    #> `concurrency` beside `global_concurrency`: ValueError
    gate.set()
    for told_run in told + started:
        DBOS.send(told_run.workflow_id, "now", "go")
    for told_run in told:
        told_run.get_result(polling_interval_sec=0.05)
    DBOS.destroy()

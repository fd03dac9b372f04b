"""What a launch of `worker-1`, version 1, does with what killed processes have left."""
# expect: ok

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

begun = threading.Semaphore(0)
answered = threading.Event()


@DBOS.workflow()
def pay_out(account: str) -> None:
    if account == "unknown":
        raise ValueError("no such account")
    begun.release()
    answered.wait()


def construct(executor_id: str, version: str) -> None:
    config: DBOSConfig = {
        "name": "payouts",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "executor_id": executor_id,
        "application_version": version,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)


def start(workflow_id: str) -> None:
    with SetWorkflowID(workflow_id):
        DBOS.start_workflow(pay_out, "ada")
    begun.acquire()


def enqueue(workflow_id: str, queue: str) -> None:
    with SetWorkflowID(workflow_id):
        DBOS.enqueue_workflow(queue, pay_out, "ada")


def leave_own() -> None:
    for queue in ("payouts", "refunds"):
        DBOS.register_queue(queue, polling_interval_sec=0.1)
    start("own")
    start("cancelled")
    DBOS.cancel_workflow("cancelled")
    enqueue("job", "payouts")
    enqueue("job elsewhere", "refunds")
    begun.acquire()
    begun.acquire()
    with SetWorkflowID("failed"), suppress(ValueError):
        pay_out("unknown")


def leave_others() -> None:
    start("of another id")
    enqueue("waiting", "later")  # Nobody has registered this queue yet.
    with SetEnqueueOptions(delay_seconds=0.5):
        enqueue("delayed", "later")


def killed(executor_id: str, version: str, leave: Callable[[], None]) -> None:
    """Launches in a process of its own, which is killed when it has left its runs."""

    def work_and_die() -> None:
        construct(executor_id, version)
        DBOS.launch()
        leave()
        os.kill(os.getpid(), signal.SIGKILL)

    # This process has not launched, so another one can be forked from it.
    process = multiprocessing.get_context("fork").Process(target=work_and_die)
    process.start()
    process.join()


def status(workflow_id: str) -> str:
    return DBOS.retrieve_workflow(workflow_id).get_status().status


if __name__ == "__main__":
    killed("worker-1", "1", leave_own)
    killed("worker-2", "1", leave_others)
    killed("worker-1", "2", lambda: start("of another version"))
    answered.set()
    construct("worker-1", "1")
    DBOS.listen_queues(["payouts", "later"])
    DBOS.launch()
    DBOS.register_queue("later", polling_interval_sec=0.1)
    for workflow_id in ("own", "job", "waiting", "delayed"):
        DBOS.retrieve_workflow(workflow_id).get_result()
    while status("job elsewhere") == "PENDING":  # The launch goes on in a thread.
        time.sleep(0.01)
    print("PENDING, of that id and version:", status("own"))
    #> PENDING, of that id and version: SUCCESS
    print("PENDING, of that id, a job of a queue it listens to:", status("job"))
    #> PENDING, of that id, a job of a queue it listens to: SUCCESS
    print("PENDING, of that id, a job of another queue:", status("job elsewhere"))
    #> PENDING, of that id, a job of another queue: ENQUEUED
    print("PENDING, of another id:", status("of another id"))
    #> PENDING, of another id: PENDING
    print("PENDING, of another version:", status("of another version"))
    #> PENDING, of another version: PENDING
    print("ENQUEUED by another id, on a queue it listens to:", status("waiting"))
    #> ENQUEUED by another id, on a queue it listens to: SUCCESS
    print("DELAYED by another id, when due:", status("delayed"))
    #> DELAYED by another id, when due: SUCCESS
    print("ERROR, of that id and version:", status("failed"))
    #> ERROR, of that id and version: ERROR
    print("CANCELLED, of that id and version:", status("cancelled"))
    #> CANCELLED, of that id and version: CANCELLED
    DBOS.destroy()

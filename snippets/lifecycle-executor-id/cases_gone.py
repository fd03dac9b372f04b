"""What becomes of runs whose process was killed, beside a living `worker-1`."""
# expect: ok

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from dbos import DBOS, DBOSConfig, SetWorkflowID

fork = multiprocessing.get_context("fork")
launched = fork.Event()
begun = threading.Semaphore(0)
answered = threading.Event()


@DBOS.workflow()
def pay_out() -> None:
    begun.release()
    answered.wait()


def launch(executor_id: str, version: str) -> None:
    config: DBOSConfig = {
        "name": "payouts",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "executor_id": executor_id,
        "application_version": version,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def start(workflow_id: str) -> None:
    with SetWorkflowID(workflow_id):
        DBOS.start_workflow(pay_out)
    begun.acquire()


def leave(executor_id: str, version: str, *workflow_ids: str) -> None:
    launch(executor_id, version)
    for workflow_id in workflow_ids:
        start(workflow_id)


def leave_job() -> None:
    leave("gone-1", "1", "left alone", "resumed")
    DBOS.register_queue("payouts", global_concurrency=1, polling_interval_sec=0.1)
    with SetWorkflowID("job"):
        DBOS.enqueue_workflow("payouts", pay_out)
    begun.acquire()


def launch_again() -> None:
    answered.set()
    launch("gone-2", "1")
    DBOS.retrieve_workflow("launched").get_result()


def leave_beside() -> None:
    launched.wait()
    leave("worker-1", "1", "beside")


def start_process(work: Callable[[], None]) -> BaseProcess:
    """Starts a process that does the work and is killed then."""

    def work_and_die() -> None:
        work()
        os.kill(os.getpid(), signal.SIGKILL)

    process = fork.Process(target=work_and_die)
    process.start()
    return process


def state(workflow_id: str) -> str:
    found = DBOS.retrieve_workflow(workflow_id).get_status()
    return f"{found.status}, {found.executor_id}, {found.queue_name or 'no queue'}"


if __name__ == "__main__":
    start_process(leave_job).join()
    start_process(lambda: leave("gone-1", "0", "old")).join()
    start_process(lambda: leave("gone-2", "1", "launched")).join()
    start_process(launch_again).join()
    beside = start_process(leave_beside)
    launch("worker-1", "1")
    launched.set()
    beside.join()
    start("alive")
    DBOS.resume_workflow("alive")
    executions = 1 + begun.acquire(timeout=30)
    print("a run of a living process, resumed:", executions, "executions at once")
    #> a run of a living process, resumed: 2 executions at once
    answered.set()
    with SetWorkflowID("behind"):
        DBOS.enqueue_workflow("payouts", pay_out)
    DBOS.resume_workflow("resumed").get_result()
    print("a run of a gone id, resumed:", state("resumed"))
    #> a run of a gone id, resumed: SUCCESS, worker-1, _dbos_internal_queue
    DBOS.resume_workflow("old")
    print("a job behind one of a gone id, one at a time:", state("behind"))
    #> a job behind one of a gone id, one at a time: ENQUEUED, worker-1, payouts
    DBOS.resume_workflow("job", queue_name="payouts").get_result()
    print("a job of a gone id, resumed with `queue_name`:", state("job"))
    #> a job of a gone id, resumed with `queue_name`: SUCCESS, worker-1, payouts
    print("a run of a gone id, launched again:", state("launched"))
    #> a run of a gone id, launched again: SUCCESS, gone-2, _dbos_internal_queue
    found = DBOS.list_workflows(status="PENDING", executor_id="gone-1")
    print("PENDING runs of a gone id, in the end:", *[run.workflow_id for run in found])
    #> PENDING runs of a gone id, in the end: left alone
    print("a run of a killed process whose id another one has:", state("beside"))
    #> a run of a killed process whose id another one has: PENDING, worker-1, no queue
    print("a run of an old version, resumed:", state("old"))
    #> a run of an old version, resumed: ENQUEUED, gone-1, _dbos_internal_queue
    DBOS.destroy()

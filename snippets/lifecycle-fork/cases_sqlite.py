"""What runs in the copy that `os.fork` makes of a launched server, on SQLite."""
# expect: ok
# database: own - on PostgreSQL the two processes disturb each other

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID

fork = multiprocessing.get_context("fork")
SERVER = os.getpid()


@DBOS.workflow()
def find_process() -> str:
    return "runs in the server" if os.getpid() == SERVER else "runs in the copy"


@DBOS.workflow()
def wait_for_payment() -> str:
    began = time.monotonic()
    message = DBOS.recv(timeout_seconds=2)
    return f"{message}, after the 2 s: {time.monotonic() - began > 1.9}"


def launch(executor_id: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": "sqlite:///orders.sqlite",
        "executor_id": executor_id,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)


def in_copy(work: Callable[[], list[str]]) -> list[str]:
    """What the work finds in a copy of this process, which is killed then."""
    ours, theirs = fork.Pipe()

    def run() -> None:
        theirs.send(work())
        signal.pause()

    # A copy can have inherited a lock that nobody gives back: it hangs.
    for _ in range(5):
        process = fork.Process(target=run)
        process.start()
        has_answered = ours.poll(10)
        process.kill()
        process.join()
        if has_answered:
            return ours.recv()
    raise RuntimeError("no copy answers")


def enqueue() -> str:
    return DBOS.enqueue_workflow("orders", find_process).get_result()


def serve_requests() -> list[str]:
    started = DBOS.start_workflow(find_process)
    enqueued = enqueue()
    status = started.get_status().status
    return [find_process(), enqueued, status, started.workflow_id]


def start_more() -> list[str]:
    first = DBOS.start_workflow(find_process)
    for _ in range(8):
        DBOS.start_workflow(find_process)
    return [first.get_result()]


def receive() -> list[str]:
    order = f"order-{os.getpid()}"

    def send() -> None:
        while not DBOS.list_workflow_steps(order):  # The wait has not begun.
            time.sleep(0.01)
        DBOS.send(order, "paid")

    threading.Thread(target=send).start()
    with SetWorkflowID(order):
        return [wait_for_payment()]


def launch_anew() -> list[str]:
    DBOS.destroy()
    launch("web-1")
    return [DBOS.start_workflow(find_process).get_result()]


if __name__ == "__main__":
    launch("server")
    time.sleep(1)  # By then, a thread of the pool is idle: the one that recovers.
    called, enqueued, status, workflow_id = in_copy(serve_requests)
    print("a workflow that the copy calls:", called)
    #> a workflow that the copy calls: runs in the copy
    print("a job that the copy enqueues:", enqueued)
    #> a job that the copy enqueues: runs in the server
    print("a workflow that the copy starts:", status)
    #> a workflow that the copy starts: PENDING
    print("the same, when the copy starts eight more:", *in_copy(start_more))
    #> the same, when the copy starts eight more: runs in the copy
    print("a message to a `recv` of 2 s in the copy:", *in_copy(receive))
    #> a message to a `recv` of 2 s in the copy: paid, after the 2 s: True
    print("a start in the copy after destroy and launch:", *in_copy(launch_anew))
    #> a start in the copy after destroy and launch: runs in the copy
    DBOS.destroy()
    launch("server")
    recovered = DBOS.retrieve_workflow(workflow_id).get_result()
    print("what the copy has started, after the next launch:", recovered)
    #> what the copy has started, after the next launch: runs in the server
    DBOS.destroy()

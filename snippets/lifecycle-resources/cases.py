"""The bank's client is made after the launch: what becomes of each kind of work."""
# expect: ok
# since: 3.1

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from functools import cache

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID, WorkflowHandle

clients: dict[str, str] = {}
begun, released = threading.Event(), threading.Event()
both = threading.Barrier(2)
made: list[str] = []


@cache
def client() -> str:
    with suppress(threading.BrokenBarrierError):
        both.wait(timeout=10)  # The other thread is here, too.
    made.append("bank")
    return "bank"


@DBOS.step()
def charge() -> str:
    begun.set()
    released.wait()
    return clients["bank"]


@DBOS.step(retries_allowed=True, max_attempts=500, interval_seconds=0.1, backoff_rate=1)
def charge_again() -> str:
    return clients["bank"]


@DBOS.step()
def charge_cached() -> str:
    return client()


@DBOS.workflow()
def checkout() -> str:
    return charge()


@DBOS.workflow()
def checkout_again() -> str:
    return charge_again()


@DBOS.workflow()
def checkout_cached() -> str:
    return charge_cached()


def launch() -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def enqueue(workflow_id: str) -> None:
    with SetWorkflowID(workflow_id):
        DBOS.enqueue_workflow("orders", checkout)


def leave() -> None:
    launch()
    with SetWorkflowID("begun"):
        DBOS.start_workflow(checkout)
    begun.wait()
    enqueue("waiting")
    with SetEnqueueOptions(delay_seconds=0.5):
        enqueue("delayed")
    os.kill(os.getpid(), signal.SIGKILL)


def end(handle: WorkflowHandle[str]) -> str:
    with suppress(KeyError):
        handle.get_result()
    return handle.get_status().status


if __name__ == "__main__":
    process = multiprocessing.get_context("fork").Process(target=leave)
    process.start()
    process.join()
    released.set()
    launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    retried = DBOS.start_workflow(checkout_again)
    cached = [DBOS.start_workflow(checkout_cached) for _ in range(2)]
    print("PENDING at the launch:", end(DBOS.retrieve_workflow("begun")))
    #> PENDING at the launch: ERROR
    print("ENQUEUED at the launch:", end(DBOS.retrieve_workflow("waiting")))
    #> ENQUEUED at the launch: ERROR
    print("DELAYED, and due after the launch:", end(DBOS.retrieve_workflow("delayed")))
    #> DELAYED, and due after the launch: ERROR
    print("made in the step, at first use:", end(cached[0]), end(cached[1]))
    #> made in the step, at first use: SUCCESS SUCCESS
    print("the same by two threads at once:", len(made), "clients")
    #> the same by two threads at once: 2 clients
    clients["bank"] = "bank"
    print("a step with retries, and the client is made meanwhile:", end(retried))
    #> a step with retries, and the client is made meanwhile: SUCCESS
    print("a failed run, resumed then:", end(DBOS.resume_workflow("begun")))
    #> a failed run, resumed then: ERROR
    print("a failed run, forked then:", end(DBOS.fork_workflow("begun", 1)))
    #> a failed run, forked then: SUCCESS
    print("a failed run, rewound then:", end(DBOS.rewind_workflow("begun")))
    #> a failed run, rewound then: SUCCESS
    DBOS.destroy()

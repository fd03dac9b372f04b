"""In which order a queue that runs one job at a time begins what waits."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

waits, go_on = threading.Semaphore(0), threading.Event()
begun: list[str] = []


@DBOS.step()
def hold() -> None:
    waits.release()
    go_on.wait(60)


@DBOS.workflow()
def occupy() -> None:
    hold()


@DBOS.step()
def note(name: str) -> None:
    begun.append(name)


@DBOS.workflow()
def job(name: str) -> None:
    note(name)


def enqueue(*names: str, delay: float | None = None) -> None:
    for name in names:
        with SetEnqueueOptions(delay_seconds=delay), SetWorkflowID(name):
            DBOS.enqueue_workflow("jobs", job, name)


def fill() -> None:
    """A job that holds the only place."""
    begun.clear()
    go_on.clear()
    DBOS.enqueue_workflow("jobs", occupy)
    waits.acquire()


def order() -> str:
    """Lets the place go, and waits until the queue is empty."""
    go_on.set()
    while DBOS.list_queued_workflows(queue_name="jobs"):
        time.sleep(0.01)
    return " ".join(begun)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("jobs", global_concurrency=1, polling_interval_sec=0.05)
    fill()
    enqueue("e", "d", "c", "b", "a")
    print("five jobs, `e` first:", order())
    #> five jobs, `e` first: e d c b a
    fill()
    for priority, name in ((30, "a1"), (20, "b1"), (10, "c1")):
        with SetEnqueueOptions(priority=priority):
            DBOS.enqueue_workflow("jobs", job, name)
    print("three with falling priorities, `a1` first:", order())
    #> three with falling priorities, `a1` first: c1 b1 a1
    fill()
    enqueue("a5", delay=0.1)
    enqueue("b5")
    while DBOS.retrieve_workflow("a5").get_status().status == "DELAYED":
        time.sleep(0.01)
    print("`a5` first, with a delay that has passed:", order())
    #> `a5` first, with a delay that has passed: a5 b5
    fill()
    enqueue("a8", delay=3600)
    enqueue("b8")
    go_on.set()
    DBOS.get_result("b8")
    DBOS.set_workflow_delay("a8", delay_seconds=0)
    DBOS.get_result("a8")
    print("`a8` first, with a delay that still runs:", " ".join(begun))
    #> `a8` first, with a delay that still runs: b8 a8
    fill()
    enqueue("a6", "b6")
    DBOS.cancel_workflow("a6")
    DBOS.resume_workflow("a6", queue_name="jobs")
    print("`a6` first, cancelled and resumed on the queue:", order())
    #> `a6` first, cancelled and resumed on the queue: a6 b6
    fill()
    enqueue("a9", "b9")
    DBOS.cancel_workflow("b9")
    DBOS.resume_workflow("b9").get_result()
    print("`a9` first, `b9` cancelled and resumed without a queue:", order())
    #> `a9` first, `b9` cancelled and resumed without a queue: b9 a9
    fill()
    enqueue("a7", "b7")
    DBOS.cancel_workflow("a7")
    DBOS.fork_workflow("a7", 1, queue_name="jobs")
    print("`a7` first, cancelled and forked onto the queue:", order())
    #> `a7` first, cancelled and forked onto the queue: b7 a7
    DBOS.destroy()

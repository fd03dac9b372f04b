"""Whether jobs that retry, fail or enqueue change the order of a queue."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig

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


@DBOS.step(retries_allowed=True, interval_seconds=0.2, max_attempts=3)
def try_often(name: str) -> None:
    begun.append(name)
    if begun.count(name) < 3:
        raise ConnectionError(name)


@DBOS.workflow()
def job(name: str) -> None:
    note(name)


@DBOS.workflow()
def stubborn(name: str) -> None:
    try_often(name)


@DBOS.workflow()
def failing(name: str) -> None:
    note(name)
    raise ConnectionError(name)


@DBOS.workflow()
def parent(name: str) -> None:
    for number in (1, 2, 3):
        DBOS.enqueue_workflow("jobs", job, f"{name}{number}")


def enqueue(*names: str) -> None:
    """The first letter of a name says what the job does."""
    kinds = {"s": stubborn, "f": failing, "p": parent}
    for name in names:
        DBOS.enqueue_workflow("jobs", kinds.get(name[0], job), name)


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
    enqueue("s2", "a2")
    print("`s2` first, whose step fails twice:", order())
    #> `s2` first, whose step fails twice: s2 s2 s2 a2
    fill()
    enqueue("f3", "a3")
    print("`f3` first, which fails for good:", order())
    #> `f3` first, which fails for good: f3 a3
    fill()
    enqueue("p4", "a4")
    print("`p4` first, which enqueues three:", order())
    #> `p4` first, which enqueues three: a4 p41 p42 p43
    DBOS.destroy()

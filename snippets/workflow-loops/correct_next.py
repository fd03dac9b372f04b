"""A run that a client enqueues belongs to no version until a worker takes it."""
# expect: ok
# differs: a client needs other imports

import os
import time

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///feeds.sqlite")
running = "1"
turns: list[str] = []


@DBOS.step()
def read_feed(page: int) -> int:
    turns.append(running)
    return page + 1


# --8<-- [start:rule]
@DBOS.step()
def enqueue_next(page: int) -> None:
    client = DBOSClient(system_database_url=URL)
    options: EnqueueOptions = {
        "queue_name": "feeds",
        "workflow_name": "watch",
        "workflow_id": f"watch-{page}",
    }
    client.enqueue(options, page)
    client.destroy()


@DBOS.workflow()
def watch(page: int) -> None:
    page = read_feed(page)
    enqueue_next(page)


# --8<-- [end:rule]


def deploy(version: str) -> None:
    global running
    running = version
    config: DBOSConfig = {
        "name": "feeds",
        "application_version": version,
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    time.sleep(1.1)  # SQLite under Python 3.11 registers versions by the second.
    DBOS.launch()
    DBOS.register_queue("feeds", polling_interval_sec=0.1)
    with SetWorkflowID("watch-0"):  # In the second process, nothing new.
        DBOS.enqueue_workflow("feeds", watch, 0)


def await_turn() -> bool:
    """Waits for a turn, and for two seconds where only version 1 has a run."""
    waiting = DBOS.list_queued_workflows(status=["ENQUEUED", "PENDING"])
    only_1 = {run.app_version for run in waiting} == {"1"} and running == "2"
    end = time.monotonic() + (2 if only_1 else 60)
    while running not in turns and time.monotonic() < end:
        time.sleep(0.01)
    return running in turns


if __name__ == "__main__":
    deploy("1")
    print("version 1 reads the feed:", await_turn())
    #> version 1 reads the feed: True
    DBOS.destroy(workflow_completion_timeout_sec=10)
    deploy("2")
    print("version 2 reads the feed:", await_turn())
    #> version 2 reads the feed: True
    DBOS.destroy(workflow_completion_timeout_sec=10)

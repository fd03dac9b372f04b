"""How many reports run at once, of one key and of all keys."""
# expect: ok

import os
import threading
import time
from collections import Counter

from dbos import DBOS, DBOSConfig, SetEnqueueOptions

gate = threading.Event()
POLL = 0.05


@DBOS.step()
def collect(month: str) -> None:
    gate.wait(30)


@DBOS.workflow()
def build(month: str) -> None:
    collect(month)


@DBOS.workflow()
def control_run(month: str) -> str:
    return month


def enqueue_reports(queue: str) -> None:
    for key in ("acme", "globex", "hooli"):
        for month in ("May", "June", "July"):
            with SetEnqueueOptions(queue_partition_key=key):
                DBOS.enqueue_workflow(queue, build, month)


def running(queue: str, expected: int) -> str:
    """Waits for that many runs, and then for some polls more."""
    while True:
        runs = DBOS.list_workflows(queue_name=queue, status="PENDING")
        if len(runs) >= expected:
            break
        time.sleep(POLL)
    control()
    runs = DBOS.list_workflows(queue_name=queue, status="PENDING")
    by_key = Counter(run.queue_partition_key for run in runs)
    return f"{len(runs)} running, at most {max(by_key.values())} of a key"


def control() -> None:
    for _ in range(4):
        run = DBOS.enqueue_workflow("control", control_run, "May")
        run.get_result(polling_interval_sec=POLL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    new = DBOS.register_queue
    for queue in ("each", "worker", "two", "all"):
        enqueue_reports(queue)
    new("each", partition_concurrency=2, polling_interval_sec=POLL)
    # A limit for a worker counts what has begun: the next poll comes after that.
    new("worker", partition_worker_concurrency=2, polling_interval_sec=1)
    new("two", worker_concurrency=3, partition_concurrency=2, polling_interval_sec=1)
    new("all", partition_concurrency=2, global_concurrency=3, polling_interval_sec=POLL)
    new("control", polling_interval_sec=POLL)
    print("`partition_concurrency=2`:", running("each", 6))
    #> `partition_concurrency=2`: 6 running, at most 2 of a key
    print("`partition_worker_concurrency=2`:", running("worker", 6))
    #> `partition_worker_concurrency=2`: 6 running, at most 2 of a key
    print("`partition_concurrency=2`, `worker_concurrency=3`:", running("two", 3))
    #> `partition_concurrency=2`, `worker_concurrency=3`: 3 running, at most 2 of a key
    print("`partition_concurrency=2`, `global_concurrency=3`:", running("all", 3))
    #> `partition_concurrency=2`, `global_concurrency=3`: 3 running, at most 2 of a key
    gate.set()
    for run in DBOS.list_workflows(name="build", load_input=False):
        DBOS.retrieve_workflow(run.workflow_id).get_result(polling_interval_sec=POLL)
    DBOS.destroy()

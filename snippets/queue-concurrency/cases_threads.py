"""A worker limit where no thread is free, with `max_executor_threads=5`."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig

busy = threading.Event()
at_once = threading.Barrier(5)


@DBOS.workflow()
def export() -> None:
    busy.wait(30)


@DBOS.workflow()
def import_file(name: str) -> int:
    """Ends when five of them have begun."""
    at_once.wait(30)
    return at_once.parties


def count(status: str) -> int:
    return len(DBOS.list_workflows(queue_name="imports", status=status))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "imports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "max_executor_threads": 5,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    exports = [DBOS.start_workflow(export) for _ in range(5)]
    DBOS.register_queue("imports", worker_concurrency=2, polling_interval_sec=0.05)
    imports = [DBOS.enqueue_workflow("imports", import_file, name) for name in "abcde"]
    while count("ENQUEUED"):
        time.sleep(0.01)
    taken = count("PENDING")
    print("five jobs, `worker_concurrency=2`, no free thread:", taken, "taken")
    #> five jobs, `worker_concurrency=2`, no free thread: 5 taken
    busy.set()
    most = max(run.get_result() for run in imports)
    print("these jobs, when five threads are free again:", most, "at once")
    #> these jobs, when five threads are free again: 5 at once
    DBOS.destroy()

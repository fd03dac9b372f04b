"""Deleting a queue neither stops nor drops the work on it."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig

started = threading.Event()
go_on = threading.Event()


@DBOS.workflow()
def export(table: str) -> str:
    started.set()
    go_on.wait()
    return f"{table} exported"


def wait_for_last_poll() -> None:
    """A poll that began before the deletion may still take work."""
    while any("exports" in thread.name for thread in threading.enumerate()):
        time.sleep(0.01)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("exports", worker_concurrency=1)
    # --8<-- [start:rule]
    running = DBOS.enqueue_workflow("exports", export, "orders")
    started.wait()
    waiting = DBOS.enqueue_workflow("exports", export, "payments")
    DBOS.delete_queue("exports")
    print([queue.name for queue in DBOS.list_queues()])
    #> []
    wait_for_last_poll()
    go_on.set()
    print(running.get_result())
    #> orders exported
    print(waiting.get_status().status)
    #> ENQUEUED
    DBOS.register_queue("exports", worker_concurrency=1)
    print(waiting.get_result())
    #> payments exported
    # --8<-- [end:rule]
    DBOS.destroy()

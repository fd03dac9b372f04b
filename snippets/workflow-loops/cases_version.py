"""What becomes of a chain whose run is killed, when another version follows."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///feeds.sqlite")
KILLED = Path("killed")
VERSION = "2" if KILLED.exists() else "1"
turns: list[int] = []


@DBOS.step()
def read_feed(page: int) -> None:
    if VERSION == "1":
        KILLED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    turns.append(page)


@DBOS.step()
def enqueue_next(page: int) -> None:
    if page < 3:
        enqueue(page)


@DBOS.workflow()
def watch(page: int) -> None:
    read_feed(page)
    enqueue_next(page + 1)


def enqueue(page: int) -> None:
    client = DBOSClient(system_database_url=URL)
    options: EnqueueOptions = {
        "queue_name": "feeds",
        "workflow_name": "watch",
        "workflow_id": f"watch-{page}",
    }
    client.enqueue(options, page)
    client.destroy()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "feeds",
        "application_version": VERSION,
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    time.sleep(1.1)  # SQLite under Python 3.11 registers versions by the second.
    DBOS.launch()
    DBOS.register_queue("feeds", polling_interval_sec=0.05)
    enqueue(1)
    time.sleep(60 if VERSION == "1" else 2)  # Version 1 ends here.
    first = DBOS.retrieve_workflow("watch-1")
    print("a run killed in version 1, while version 2 runs:", first.get_status().status)
    starts = first.get_status().recovery_attempts
    print("starts of it that count, after the start of version 2:", starts)
    DBOS.fork_workflow("watch-1", 1).get_result()
    DBOS.retrieve_workflow("watch-2").get_result()
    print("turns after a fork of that run:", len(turns))
    DBOS.destroy()

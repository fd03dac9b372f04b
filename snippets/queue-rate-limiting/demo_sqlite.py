"""On SQLite, two processes start a payment each in spite of a limit of one."""
# expect: ok
# needs: sqlite - on PostgreSQL this program prints 1

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, Queue
from sqlalchemy import Engine, event

QUEUE = "payments"
SECOND = len(sys.argv) > 1


# --8<-- [start:rule]
def register() -> Queue:
    return DBOS.register_queue(QUEUE, limiter={"limit": 1, "period": 5})


@DBOS.workflow()
def pay(name: str) -> int:
    return call_bank(name)


# --8<-- [end:rule]


@DBOS.step()
def call_bank(name: str) -> int:
    """Returns how many payments have started, once both processes have polled."""
    Path("started").touch()
    wait_for("decided")
    return len(DBOS.list_workflows(queue_name=QUEUE, status="PENDING"))


def wait_for(file: str) -> None:
    while not Path(file).exists():
        time.sleep(0.01)


def meet(statement: str) -> None:
    """Lets the first process start a payment in the middle of the second one's poll."""
    if threading.current_thread().name == f"queue-worker-{QUEUE}":
        if SECOND and "queues" in statement and Path("started").exists():
            Path("decided").touch()  # The next poll begins.
        if "LIMIT" in statement and SECOND:
            Path("polled").touch()
        if "LIMIT" in statement:
            wait_for("started" if SECOND else "polled")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "payments",
        "executor_id": "payer-2" if SECOND else "payer-1",
        "application_version": "1",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    event.listen(Engine, "before_cursor_execute", lambda *args: meet(args[2]))
    DBOS(config=config)
    DBOS.launch()
    if SECOND:
        sys.stdin.read()  # Works until it is killed.
    register()
    handles = [DBOS.enqueue_workflow(QUEUE, pay, n) for n in ("a", "b")]
    command = [sys.executable, __file__, "second"]
    second = subprocess.Popen(command, stdin=subprocess.PIPE)
    wait_for("decided")
    started = [handle.get_result() for handle in handles]
    print("payments in one period:", max(started))
    #> payments in one period: 2
    second.kill()
    second.wait()
    DBOS.destroy()

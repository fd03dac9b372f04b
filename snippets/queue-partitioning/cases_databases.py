"""Two processes of one version, on a key with a limit and a queue with another."""
# expect: ok
# databases: SQLite lets the second process choose after the first one has taken

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, WorkflowHandle
from sqlalchemy import Engine, event

QUEUE = "imports"
SECOND = len(sys.argv) > 1


@DBOS.workflow()
def import_file(name: str) -> int:
    return load(name)


def enqueue(name: str) -> WorkflowHandle[int]:
    with SetEnqueueOptions(queue_partition_key="acme"):
        return DBOS.enqueue_workflow(QUEUE, import_file, name)


@DBOS.step()
def load(name: str) -> int:
    """Returns how many imports are under way, once both processes have polled."""
    Path("started").touch()
    wait_for("decided")
    return len(DBOS.list_workflows(queue_name=QUEUE, status="PENDING"))


def wait_for(file: str) -> None:
    while not Path(file).exists():
        time.sleep(0.01)


def meet(statement: str) -> None:
    """Lets the first process start an import in the middle of the second one's poll."""
    if threading.current_thread().name == f"queue-worker-{QUEUE}":
        if SECOND and "queues" in statement and Path("started").exists():
            Path("decided").touch()  # The next poll begins.
        if "LIMIT" in statement and "ORDER BY" in statement:
            if SECOND:
                Path("polled").touch()
            wait_for("started" if SECOND else "polled")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "imports",
        "executor_id": "importer-2" if SECOND else "importer-1",
        "application_version": "1",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    event.listen(Engine, "before_cursor_execute", lambda *args: meet(args[2]))
    DBOS(config=config)
    DBOS.launch()
    if SECOND:
        sys.stdin.read()  # Works until it is killed.
    handles = [enqueue(name) for name in ("a", "b")]
    DBOS.register_queue(QUEUE, partition_concurrency=1, global_concurrency=5)
    second = subprocess.Popen([sys.executable, __file__, "2"], stdin=subprocess.PIPE)
    seen = f"{max(handle.get_result() for handle in handles)} of the key at once"
    print("`partition_concurrency=1` and `global_concurrency=5`:", seen)
    second.kill()
    second.wait()
    DBOS.destroy()

"""A launch at import recovers before a slow import has registered the workflow."""
# expect: crash

import logging
import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
errors: list[str] = []
failed = threading.Event()


class Collector(logging.Handler):
    """Keeps the errors that DBOS logs."""

    def emit(self, record: logging.LogRecord) -> None:
        errors.append(record.getMessage().rpartition(": ")[2])
        failed.set()


config: DBOSConfig = {
    "name": "greeter",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
DBOS(config=config)
logging.getLogger("dbos").addHandler(Collector())
DBOS.launch()
if CRASHED.exists():
    failed.wait(timeout=20)  # Stands for a slow import.


@DBOS.step()
def look_up(name: str) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"Hello, {name}"


@DBOS.workflow()
def greet(name: str) -> str:
    return look_up(name)


def call(workflow_id: str) -> str:
    with SetWorkflowID(workflow_id):
        return greet("Ada")


def status(workflow_id: str) -> str:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else "none"


if __name__ == "__main__":
    if not errors:
        call("greet-1")
    print("recovered before `greet` is registered:", errors[0])
    print("called after that:", call("greet-2"))
    print("the workflow to recover, after that:", status("greet-1"))
    DBOS.destroy()

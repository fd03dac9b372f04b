"""The process of a stuck pair is killed, and started again."""
# expect: crash

import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

STUCK = Path("stuck")
POLL = 0.05
enqueued = threading.Event()


@DBOS.workflow()
def pack(order: str) -> None:
    pass


@DBOS.workflow()
def ship(order: str) -> None:
    DBOS.sleep(1.1)  # SQLite orders jobs by whole seconds.
    with SetWorkflowID(f"{order}-child"):
        child = DBOS.enqueue_workflow("orders", pack, order)
    enqueued.set()
    child.get_result(polling_interval_sec=POLL)


def status(workflow_id: str) -> str | None:
    found = DBOS.get_workflow_status(workflow_id)
    return found.status if found else None


def states(order: str) -> str:
    """The statuses, once the parent runs and another queue was polled."""
    enqueued.wait()
    for number in range(4):
        control = DBOS.enqueue_workflow("control", pack, str(number))
        control.get_result(polling_interval_sec=POLL)
    return f"{status(order)}, child {status(f'{order}-child')}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", global_concurrency=1, polling_interval_sec=POLL)
    DBOS.register_queue("control", polling_interval_sec=POLL)
    if not STUCK.exists():
        with SetWorkflowID("order-1"):
            DBOS.enqueue_workflow("orders", ship, "order-1")
        states("order-1")
        STUCK.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    print("killed and launched again:", states("order-1"))
    DBOS.cancel_workflow("order-1-child")  # The parent ends with it.
    DBOS.destroy(workflow_completion_timeout_sec=10)

"""What a restart finds that a fork in the same process does not."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED, CLEANED = Path("crashed"), Path("cleaned")
memory: dict[str, str] = {}


@DBOS.step()
def remember(order: str) -> None:
    memory[order] = f"parcel of {order}"


@DBOS.step()
def pack(order: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def ship(order: str) -> str:
    remember(order)
    try:
        pack(order)
    finally:
        with CLEANED.open("a") as log:
            log.write(f"{order}\n")
    return memory[order]


def result(workflow_id: str) -> str:
    try:
        return DBOS.retrieve_workflow(workflow_id).get_result()
    except Exception as error:
        return type(error).__name__


def start(order: str) -> str:
    with SetWorkflowID(order):
        DBOS.start_workflow(ship, order)
    return result(order)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    killed = start("order-1")
    cleaned = CLEANED.read_text().split().count("order-1")
    start("order-2")
    forked = result(DBOS.fork_workflow("order-2", 99).workflow_id)
    print("a value that a step leaves in memory, forked:", forked)
    print("the same value, after a kill and a restart:", killed)
    print("`finally` blocks that ran, over both runs of the kill:", cleaned)
    DBOS.destroy()

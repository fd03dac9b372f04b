"""What is left of what an async step changed."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


@DBOS.step()
async def add(items: list[str]) -> None:
    items.append("lamp")


@DBOS.step()
async def pack() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
async def order() -> int:
    items: list[str] = []
    await add(items)
    await pack()
    return len(items)


def run(workflow_id: str) -> int:
    with SetWorkflowID(workflow_id):
        DBOS.start_workflow(order)
    return DBOS.retrieve_workflow(workflow_id).get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    recovered, whole = run("order-1"), run("order-2")
    print("what an async step changes:", f"{whole}, recovered {recovered}")
    DBOS.destroy()

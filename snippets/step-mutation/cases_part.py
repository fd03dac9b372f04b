"""A step returns a part of its argument, and the workflow changes this part."""
# expect: crash

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


@dataclass
class Line:
    """A line of an order."""

    lamps: int = 0


@DBOS.step()
def find(order: list[Line]) -> Line:
    return order[0]


@DBOS.step()
def pack() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def change() -> tuple[int, int]:
    order = [Line()]
    line = find(order)
    line.lamps += 1
    pack()
    return line.lamps, order[0].lamps


def run(workflow_id: str) -> tuple[int, int]:
    with SetWorkflowID(workflow_id):
        return change()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    recovered, whole = run("order-1"), run("order-2")
    part, kept = [f"{a}, recovered {b}" for a, b in zip(whole, recovered, strict=True)]
    print("a part that the step returned, changed by the workflow:", part)
    print("the same part, in the step's argument:", kept)
    DBOS.destroy()

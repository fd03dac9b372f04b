"""What is left of what children and the workflow changed."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


@DBOS.workflow()
def child(items: list[str]) -> None:
    items.append("lamp")


@DBOS.step()
def add(items: list[str]) -> None:
    items.append("lamp")


@DBOS.step()
def pack() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def order(given: list[str]) -> list[int]:
    called: list[str] = []
    started: list[str] = []
    enqueued: list[str] = []
    own: list[str] = []
    add(given)
    child(called)
    DBOS.start_workflow(child, started).get_result()
    DBOS.enqueue_workflow("children", child, enqueued).get_result()
    own.append("lamp")
    pack()
    return [len(items) for items in (given, called, started, enqueued, own)]


def run(workflow_id: str) -> list[int]:
    with SetWorkflowID(workflow_id):
        return order([])


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("children", polling_interval_sec=0.1)
    recovered, whole = run("order-1"), run("order-2")
    last = DBOS.list_workflow_steps("order-2")[-1]["function_id"]
    forked = DBOS.fork_workflow("order-2", last).get_result()
    pairs = zip(whole, recovered, strict=True)
    rows = [f"{new}, recovered {old}" for new, old in pairs]
    print("the workflow's argument, which a step changes:", rows[0])
    print("the same argument, in a fork after that step:", forked[0])
    print("what a child changes that is called:", rows[1])
    print("what a child changes that is started:", rows[2])
    print("what a child changes that is enqueued:", rows[3])
    print("what the workflow changes itself:", rows[4])
    DBOS.destroy()

"""What a crash repeats of the messages of a workflow, and what it does not."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


@DBOS.step()
def send_and_crash() -> None:
    DBOS.send("inbox-1", "by the step", topic="step")
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def collect() -> str:
    first = DBOS.recv("payment", timeout_seconds=10)
    DBOS.send("inbox-1", "by the workflow", topic="workflow")
    send_and_crash()
    second = DBOS.recv("payment", timeout_seconds=0)
    return f"{first} then {second}"


@DBOS.workflow()
def read_inbox() -> list[int]:
    received: list[int] = []
    for topic in ("workflow", "step"):
        received.append(0)
        while DBOS.recv(topic, timeout_seconds=0) is not None:
            received[-1] += 1
    return received


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        with SetWorkflowID("inbox-1"):  # Waits until it is resumed below.
            DBOS.enqueue_workflow("unregistered", read_inbox)
    with SetWorkflowID("collect-1"):
        collector = DBOS.start_workflow(collect)
    if not CRASHED.exists():
        DBOS.send("collect-1", 50, topic="payment")
    payments = collector.get_result()
    by_workflow, by_step = DBOS.resume_workflow("inbox-1").get_result()
    print("a message read before the crash, then one more read:", payments)
    print("messages that the workflow sent, over both runs:", by_workflow)
    print("messages that the step sent, over both runs:", by_step)
    DBOS.destroy()

"""What a recovered run publishes and reads."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


@DBOS.workflow()
def read_early() -> list[object]:
    # The value depends on the run, to show which of the two runs wrote it.
    DBOS.set_event("by workflow", "second run" if CRASHED.exists() else "first run")
    before = DBOS.get_event("invoice-1", "paid", timeout_seconds=0)
    in_step = publish_and_crash()
    return [before, in_step, DBOS.get_event("invoice-1", "paid", timeout_seconds=0)]


@DBOS.step()
def publish_and_crash() -> object:
    found = DBOS.get_event("invoice-1", "paid", timeout_seconds=0)
    DBOS.set_event("by step", "second run" if CRASHED.exists() else "first run")
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return found


@DBOS.workflow()
def pay() -> None:
    DBOS.set_event("paid", True)


def launch(executor_id: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
        "executor_id": executor_id,
    }
    DBOS(config=config)
    DBOS.launch()


if __name__ == "__main__":
    if CRASHED.exists():
        launch("cashier")  # Leaves the reader's run alone until the invoice is paid.
        with SetWorkflowID("invoice-1"):
            pay()
        DBOS.destroy()
    launch("reader")
    with SetWorkflowID("reader-1"):
        before, in_step, after = read_early()
    events = DBOS.get_all_events("reader-1")
    print("published by the workflow before the crash:", events["by workflow"])
    print("published by the step that was cut off:", events["by step"])
    print("a read that found nothing before the crash:", before)
    print("a read in the step that was cut off:", in_step)
    print("a new read of the same event after it:", after)
    DBOS.destroy()

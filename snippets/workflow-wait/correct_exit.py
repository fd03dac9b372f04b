"""A command that waits until nothing is left ends what an older one began."""
# expect: crash

import os
import signal
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
begun = threading.Event()


@DBOS.step()
def build(month: str) -> str:
    if month == "may":
        if not CRASHED.exists():
            CRASHED.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        begun.set()
        time.sleep(1.5)  # As slow work does.
    return f"report for {month}"


@DBOS.workflow()
def report(month: str) -> str:
    return build(month)


# --8<-- [start:rule]
def run_all(month: str) -> None:
    with SetWorkflowID(f"report-{month}"):
        DBOS.start_workflow(report, month).get_result()
    while left := DBOS.list_workflows(
        status=["ENQUEUED", "PENDING"],
        app_version=DBOS.application_version,
        executor_id=DBOS.executor_id,
        load_input=False,
    ):
        ids = [run.workflow_id for run in left]
        DBOS.wait_first([*map(DBOS.retrieve_workflow, ids)])


# --8<-- [end:rule]


def ended(workflow_id: str) -> bool:
    found = DBOS.get_workflow_status(workflow_id)
    return found is not None and found.status == "SUCCESS"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        run_all("may")
    begun.wait()  # The launch has recovered May.
    run_all("june")
    print("before the exit, june has ended:", ended("report-june"))
    print("before the exit, may has ended:", ended("report-may"))
    DBOS.destroy()

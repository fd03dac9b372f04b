"""A dead process leaves its workflows PENDING."""
# expect: crash

import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL")
begun = threading.Event()


@DBOS.step()
def render(month: str) -> str:
    if not CRASHED.exists():
        begun.set()
        threading.Event().wait()  # For ever: the process is killed.
    return f"report for {month}"


@DBOS.workflow()
def build(month: str) -> str:
    return render(month)


def status_of(workflow_id: str) -> str:
    client = DBOSClient(system_database_url=URL or "sqlite:///reports.sqlite")
    [run] = client.list_workflows(workflow_ids=[workflow_id])
    client.destroy()
    return run.status


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    if not CRASHED.exists():
        DBOS.launch()
        with SetWorkflowID("may"):
            DBOS.start_workflow(build, "May")
        begun.wait()
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    print("left by a process that was killed:", status_of("may"))
    DBOS.launch()
    DBOS.retrieve_workflow("may").get_result()
    print("the same workflow after the next launch:", status_of("may"))
    DBOS.destroy()

"""What can be done with a workflow that is past its limit."""
# expect: crash
# since: 3.2

import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle, error

CRASHED = Path("crashed")
begun = threading.Semaphore(0)
config: DBOSConfig = {
    "name": "imports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}
FILES = ("may", "june", "july")


@DBOS.workflow(max_recovery_attempts=0)
def import_file() -> str:
    begun.release()
    if not CRASHED.exists():
        threading.Event().wait()  # The process dies here.
    return "imported"


def start(workflow_id: str) -> WorkflowHandle[str]:
    with SetWorkflowID(workflow_id):
        return DBOS.start_workflow(import_file)


def outcome(handle: WorkflowHandle[str]) -> str:
    try:
        return handle.get_result()
    except error.DBOSException as failure:
        return str(failure).partition(":")[0]


def status(workflow_id: str) -> str:
    return DBOS.retrieve_workflow(workflow_id).get_status().status


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        for file in FILES:
            start(file)
            begun.acquire()
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    results = [outcome(DBOS.retrieve_workflow(file)) for file in FILES]
    print("the results of three after the restart, limit 0:", ", ".join(results))
    found = DBOS.list_workflows(status="MAX_RECOVERY_ATTEMPTS_EXCEEDED")
    print("what a list with the status finds:", len(found))
    print("a second start under the id:", outcome(start("may")))
    print("forked from step 1:", outcome(DBOS.fork_workflow("may", 1)))
    print("the original of the fork:", status("may"))
    print("rewound:", outcome(DBOS.rewind_workflow("june")))
    resumed: WorkflowHandle[str] = DBOS.resume_workflow("july")
    print("resumed:", outcome(resumed))
    attempts = resumed.get_status().recovery_attempts
    print("`recovery_attempts` after the resume:", attempts)
    DBOS.destroy()

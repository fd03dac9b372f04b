"""A workflow that kills its process takes every restart with it."""
# expect: wrong

import os
import signal
import subprocess
import sys

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, error

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///imports.sqlite")
FILES = ["huge.csv", "small.csv"]
config: DBOSConfig = {
    "name": "imports",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}


@DBOS.step()
def load(file: str) -> None:
    if file == "huge.csv":  # The system does this when memory is short.
        os.kill(os.getpid(), signal.SIGKILL)


# --8<-- [start:rule]
@DBOS.workflow()
def import_file(file: str) -> None:
    load(file)


# --8<-- [end:rule]


def work() -> None:
    DBOS(config=config)
    DBOS.launch()
    for file in FILES:
        with SetWorkflowID(file):
            handle = DBOS.start_workflow(import_file, file)
        try:
            handle.get_result()
        except error.DBOSAwaitedWorkflowMaxRecoveryAttemptsExceeded:
            continue  # Somebody has to look at this file.
    DBOS.destroy()


def run_worker() -> str:
    worker = subprocess.run([sys.executable, __file__, "worker"])
    return "ends" if worker.returncode == 0 else "is killed"


if __name__ == "__main__":
    if sys.argv[1:] == ["worker"]:
        work()
        sys.exit()
    starts = [run_worker() for _ in range(3)]  # As a supervisor does.
    print("the worker, three times:", ", ".join(starts))
    #> the worker, three times: is killed, is killed, is killed
    client = DBOSClient(system_database_url=URL)
    found = client.list_workflows()
    print(sorted(f"{run.workflow_id} {run.status}" for run in found))
    #> ['huge.csv PENDING']
    client.destroy()

"""Whether and how a process ends while a workflow waits an hour."""
# expect: ok
# Takes some seconds: each case is a process, and it gets four seconds to end.

import os
import signal
import subprocess
import sys
import time

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")


@DBOS.workflow()
def receive() -> None:
    DBOS.recv("approval", 3600)


@DBOS.workflow()
def sleep() -> None:
    DBOS.sleep(3600)


def launch(executor_id: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "executor_id": executor_id,
        "log_level": "INFO",  # DBOS says on stderr when it has ended.
    }
    DBOS(config=config)
    DBOS.launch()


def wait_for_stop(case: str) -> None:
    """Stands for the time until SIGTERM, which comes when the workflow waits."""
    while not DBOS.list_workflow_steps(case):
        time.sleep(0.01)


def serve(case: str) -> None:
    launch(case)
    with SetWorkflowID(case):
        DBOS.start_workflow(sleep if case == "sleep" else receive)
    wait_for_stop(case)
    if case == "signal":
        os.kill(os.getpid(), signal.SIGTERM)
    if case == "_exit":
        os._exit(0)
    if case in ("cancel", "message"):
        DBOS.cancel_workflow(case)
    if case == "message":
        DBOS.send(case, "stop", "approval")
    DBOS.destroy(workflow_completion_timeout_sec=1)
    sys.exit()


def endings() -> dict[str, str]:
    """Runs a process for each case, all at the same time."""
    processes = {
        case: subprocess.Popen([sys.executable, __file__, case], stderr=subprocess.PIPE)
        for case in ("sleep", "cancel", "message", "_exit", "signal")
    }
    for process in processes.values():
        assert process.stderr
        for line in process.stderr:
            if b"DBOS successfully shut down" in line:
                break
    time.sleep(4)
    found = {}
    client = DBOSClient(system_database_url=URL)
    for case, process in processes.items():
        code = process.poll()
        process.kill()
        process.communicate()
        status = client.retrieve_workflow(case).get_status().status
        found[case] = f"{'runs on' if code is None else f'ends with {code}'}, {status}"
    client.destroy()
    return found


if __name__ == "__main__" and sys.argv[1:]:
    serve(sys.argv[1])
elif __name__ == "__main__":
    launch("first")  # Makes the database.
    DBOS.destroy()
    found = endings()
    print("no handler for SIGTERM:", found["signal"])
    #> no handler for SIGTERM: ends with -15, PENDING
    print("`DBOS.sleep`, and `sys.exit` after `destroy`:", found["sleep"])
    #> `DBOS.sleep`, and `sys.exit` after `destroy`: runs on, PENDING
    print("`DBOS.recv`, cancelled before `destroy`:", found["cancel"])
    #> `DBOS.recv`, cancelled before `destroy`: runs on, CANCELLED
    print("`DBOS.recv`, cancelled, then sent a message:", found["message"])
    #> `DBOS.recv`, cancelled, then sent a message: ends with 0, CANCELLED
    print("`DBOS.recv`, `os._exit` without `destroy`:", found["_exit"])
    #> `DBOS.recv`, `os._exit` without `destroy`: ends with 0, PENDING

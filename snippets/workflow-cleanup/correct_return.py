"""A message asks the workflow to stop, and it ends by itself."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle, error

second = threading.Event()
go_on = threading.Event()


@DBOS.step()
def send_letter(number: int) -> None:
    if number == 2:
        second.set()
        go_on.wait()


# --8<-- [start:rule]
@DBOS.workflow()
def send_letters(count: int) -> str:
    for number in range(1, count + 1):
        if DBOS.recv("stop", timeout_seconds=0):
            return f"stopped after {number - 1}"
        send_letter(number)
    return "all sent"


def stop(workflow_id: str) -> None:
    DBOS.send(workflow_id, True, "stop")


# --8<-- [end:rule]


def outcome(handle: WorkflowHandle[str]) -> str:
    try:
        return handle.get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        return str(failure)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "letters",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("letters-1"):
        handle = DBOS.start_workflow(send_letters, 9)
    second.wait()
    stop("letters-1")
    go_on.set()
    print(outcome(handle))
    #> stopped after 2
    print(handle.get_status().status)
    #> SUCCESS
    DBOS.destroy()

"""What a cancelled workflow returns is thrown away."""
# expect: wrong

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
    sent = 0
    try:
        for number in range(1, count + 1):
            send_letter(number)
            sent = number
    except BaseException:
        return f"stopped after {sent}"
    return "all sent"


def stop(workflow_id: str) -> None:
    DBOS.cancel_workflow(workflow_id)


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
    #> DBOS Error 13: Awaited workflow letters-1 was cancelled
    print(handle.get_status().status)
    #> CANCELLED
    DBOS.destroy()

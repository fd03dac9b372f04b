"""A child inherits the deadline of its parent, and is cancelled with it."""
# expect: wrong

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout, error

timed_out = threading.Event()


@DBOS.step()
def copy_rows(month: str) -> None:
    timed_out.wait()  # Takes longer than the parent's timeout.


@DBOS.step()
def seal(month: str) -> str:
    return f"{month} sealed"


# --8<-- [start:rule]
@DBOS.workflow()
def archive(month: str) -> str:
    copy_rows(month)
    return seal(month)


@DBOS.workflow()
def close_month(month: str) -> str:
    with SetWorkflowID("archive-1"):
        child = DBOS.start_workflow(archive, month)
    return child.get_result()


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "months",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("month-1"), SetWorkflowTimeout(0.8):
        month = DBOS.start_workflow(close_month, "May")
    while month.get_status().status == "PENDING":
        time.sleep(0.01)
    print("close_month:", month.get_status().status)
    #> close_month: CANCELLED
    timed_out.set()
    try:
        result = DBOS.retrieve_workflow("archive-1").get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        result = str(failure)
    print("archive:", result)
    #> archive: DBOS Error 13: Awaited workflow archive-1 was cancelled
    DBOS.destroy()

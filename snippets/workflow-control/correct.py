"""The handle that started the workflow waits for its running step."""
# expect: ok

import os
import threading
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle, error

writing = threading.Event()
deleted = threading.Event()
events: list[str] = []


@DBOS.step()
def write_file() -> None:
    writing.set()
    deleted.wait(timeout=2)  # It goes on for 2 seconds, or until the file is gone.
    events.append("file written")


@DBOS.workflow()
def export() -> None:
    write_file()


def delete_file() -> None:
    events.append("file deleted")
    deleted.set()


# --8<-- [start:rule]
def stop_and_delete(handle: WorkflowHandle[None]) -> None:
    DBOS.cancel_workflow(handle.get_workflow_id())
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        handle.get_result()
    delete_file()


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "exports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("export-1"):
        handle = DBOS.start_workflow(export)
    writing.wait()
    stop_and_delete(handle)
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        handle.get_result()
    print(handle.get_status().status)
    #> CANCELLED
    print(events)
    #> ['file written', 'file deleted']
    DBOS.destroy()

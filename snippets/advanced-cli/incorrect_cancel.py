"""A mistyped id is cancelled without an error, and the workflow still waits."""
# expect: wrong
# Slower than others: each command is a process of its own.

import os
import subprocess
import sys
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

COMMAND = str(Path(sys.executable).with_name("dbos"))
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")


@DBOS.workflow()
def ship(order: str) -> None:
    """Sends the parcel."""


def dbos(*words: str) -> int:
    """The exit status of a command."""
    command = [COMMAND, "workflow", *words, "--sys-db-url", URL]
    return subprocess.run(command, capture_output=True).returncode


# --8<-- [start:rule]
def cancel(workflow_id: str) -> str:
    if dbos("cancel", workflow_id):
        return "failed"
    return "cancelled"


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"), SetEnqueueOptions(delay_seconds=3600):
        handle = DBOS.enqueue_workflow("parcels", ship, "order-1")
    print("the command:", cancel("order-l"))
    #> the command: cancelled
    print("the workflow:", handle.get_status().status)
    #> the workflow: DELAYED
    DBOS.destroy()

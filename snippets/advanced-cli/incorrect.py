"""The list ends after the ten oldest workflows, and the failed one is the twelfth."""
# expect: wrong
# Slower than others: the command is a process of its own.

import json
import os
import subprocess
import sys
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

COMMAND = str(Path(sys.executable).with_name("dbos"))
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")


@DBOS.workflow()
def order(number: int) -> None:
    if number == 12:
        raise ConnectionError("no answer")


# --8<-- [start:rule]
def failures() -> list[str]:
    command = [COMMAND, "workflow", "list", "--sys-db-url", URL]
    listed = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    runs = json.loads(listed.stdout)
    return [run["workflow_id"] for run in runs if run["error"]]


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for number in range(1, 13):
        with SetWorkflowID(f"order-{number}"):
            handle = DBOS.start_workflow(order, number)
        try:
            handle.get_result()
        except ConnectionError:
            pass  # The list says so.
    print("failed:", ", ".join(failures()) or "nothing")
    #> failed: nothing
    DBOS.destroy()

"""A burst that falls due while no process runs."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, Debouncer, SetWorkflowID

PERIOD = 0.5
CRASHED = Path("crashed")


@DBOS.workflow()
def index(document: str, text: str) -> str:
    return f"{document} has {text}"


debouncer = Debouncer.create(index)

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "documents",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    if CRASHED.exists():
        time.sleep(PERIOD)  # The burst falls due.
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        with SetWorkflowID("index-1"):
            debouncer.debounce("doc-1", 60, "doc-1", "one word")
        debouncer.debounce("doc-1", PERIOD, "doc-1", "two words")
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    result = DBOS.retrieve_workflow("index-1").get_result()
    print("due while no process runs, after the next launch:", result)
    DBOS.destroy()

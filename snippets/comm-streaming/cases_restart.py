"""What a crash repeats of the values that were written."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


@DBOS.step()
def write_and_crash() -> None:
    DBOS.write_stream("by step", "second run" if CRASHED.exists() else "first run")
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def build_report() -> None:
    # The value depends on the run, to show which of the two runs wrote it.
    DBOS.write_stream("by workflow", "second run" if CRASHED.exists() else "first run")
    write_and_crash()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-1"):
        build_report()
    by_workflow = list(DBOS.read_stream("report-1", "by workflow"))
    by_step = list(DBOS.read_stream("report-1", "by step"))
    print("written by the workflow, over both runs:", by_workflow)
    print("written by the step that was cut off, over both runs:", by_step)
    DBOS.destroy()

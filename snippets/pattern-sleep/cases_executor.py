"""Waits that go on in a process of the same version with another executor id."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

CRASHED = Path("crashed")


@DBOS.workflow()
def remind() -> str:
    DBOS.sleep(0.5)
    return "reminded"


@DBOS.workflow()
def thank() -> str:
    return "thanked"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reminders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "application_version": "reminders-1",
        "executor_id": "worker-2" if CRASHED.exists() else "worker-1",
    }
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        with SetWorkflowID("mail-2"), SetEnqueueOptions(delay_seconds=0.5):
            DBOS.enqueue_workflow("mails", thank)
        with SetWorkflowID("mail-1"):
            DBOS.start_workflow(remind)
        while not DBOS.list_workflow_steps("mail-1"):
            time.sleep(0.01)
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    DBOS.register_queue("mails", polling_interval_sec=0.1)
    delayed = DBOS.retrieve_workflow("mail-2").get_result()
    asleep = DBOS.retrieve_workflow("mail-1").get_status().status
    print("a delayed workflow, under another executor id:", delayed)
    print("a sleeping workflow, under another executor id:", asleep)
    DBOS.destroy()

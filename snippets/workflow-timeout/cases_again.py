"""What becomes of the timeout when a timed-out workflow runs again."""
# expect: ok

import os
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout


@DBOS.workflow()
def work(seconds: float) -> None:
    for _ in range(round(seconds * 10)):
        DBOS.sleep(0.1)


@DBOS.workflow()
def parent(seconds: float) -> None:
    with SetWorkflowID("child"):
        DBOS.start_workflow(work, seconds).get_result()


def status(workflow_id: str) -> str:
    while True:
        found = DBOS.get_workflow_status(workflow_id)
        if found and found.status in ("SUCCESS", "ERROR", "CANCELLED"):
            return found.status
        time.sleep(0.01)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "jobs",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("own"), SetWorkflowTimeout(0.3):
        DBOS.start_workflow(work, 4)
    with SetWorkflowID("parent"), SetWorkflowTimeout(1):
        DBOS.start_workflow(parent, 3)
    print("a timeout of 0.3 s, work of 4 s:", status("own"))
    #> a timeout of 0.3 s, work of 4 s: CANCELLED
    print("a child under its parent's timeout of 1 s:", status("child"))
    #> a child under its parent's timeout of 1 s: CANCELLED
    DBOS.resume_workflow("own")
    DBOS.resume_workflow("child")
    fork = DBOS.fork_workflow("own", 1).get_workflow_id()
    short = DBOS.fork_workflow("own", 1, timeout_seconds=0.3).get_workflow_id()
    print("the timed-out workflow, resumed:", status("own"))
    #> the timed-out workflow, resumed: CANCELLED
    print("the timed-out child, resumed:", status("child"))
    #> the timed-out child, resumed: SUCCESS
    print("a fork of the timed-out workflow:", status(fork))
    #> a fork of the timed-out workflow: SUCCESS
    print("a fork with `timeout_seconds=0.3`:", status(short))
    #> a fork with `timeout_seconds=0.3`: CANCELLED
    DBOS.destroy()

"""Two restarts of the process use up the limit of a workflow that only waits."""
# expect: wrong

import os
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

config: DBOSConfig = {
    "name": "imports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}


@DBOS.step()
async def load(file: str) -> str:
    return f"{file} is imported"


# --8<-- [start:rule]
@DBOS.workflow(max_recovery_attempts=1)
async def import_approved(file: str) -> str:
    await DBOS.recv_async("approval", timeout_seconds=3600)
    return await load(file)


# --8<-- [end:rule]


def outcome(workflow_id: str) -> str:
    try:
        return str(DBOS.get_result(workflow_id))
    except error.DBOSException as failure:
        return str(failure)


if __name__ == "__main__":
    for start in (1, 2, 3):  # As three deploys do.
        DBOS(config=config)
        DBOS.launch()
        if start == 1:
            DBOS.register_queue("imports", polling_interval_sec=0.1)
            with SetWorkflowID("import-1"):
                DBOS.enqueue_workflow("imports", import_approved, "small.csv")
        handle = DBOS.retrieve_workflow("import-1")
        while handle.get_status().recovery_attempts != start:
            time.sleep(0.01)
        if start < 3:
            DBOS.destroy(workflow_completion_timeout_sec=1)  # A start takes its time.
    DBOS.send("import-1", "approved", topic="approval")
    print(outcome("import-1"))
    #> DBOS Error 14: Awaited workflow import-1 exceeded its maximum recovery attempts
    DBOS.destroy()

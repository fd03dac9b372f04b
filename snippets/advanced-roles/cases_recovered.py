"""As whom a protected workflow runs after its process was killed."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSContextSetAuth, SetWorkflowID

CRASHED = Path("crashed")
ROLES = ["director"] if CRASHED.exists() else ["manager"]


@DBOS.step()
def await_bank() -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{DBOS.authenticated_user} as {DBOS.assumed_role}"


@DBOS.required_roles(["manager"])
@DBOS.workflow()
def refund() -> str:
    return await_bank()


@DBOS.required_roles(ROLES)
@DBOS.workflow()
def discount() -> str:
    return DBOS.start_workflow(refund).get_result()


def outcome(workflow_id: str) -> str:
    try:
        return DBOS.retrieve_workflow(workflow_id).get_result()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "application_version": "1",
        "log_level": "CRITICAL",
    }
    first = not CRASHED.exists()
    DBOS(config=config)
    DBOS.launch()
    if first:
        with SetWorkflowID("discount-1"), DBOSContextSetAuth("Ada", ["manager"]):
            discount()
    (child,) = DBOS.list_workflows(parent_workflow_id="discount-1")
    print("recovered, seen in a step of it:", outcome(child.workflow_id))
    print("recovered with code that asks for another role:", outcome("discount-1"))
    DBOS.destroy()

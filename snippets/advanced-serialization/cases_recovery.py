"""The validator checks a direct call only when the run is recovered."""
# expect: crash
# types: bad-argument-type - the case is a text where a number belongs

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, pydantic_args_validator

CRASHED = Path("crashed")


@DBOS.step()
def pack(pieces: int) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{pieces} packed"


@DBOS.workflow(validate_args=pydantic_args_validator)
def order(pieces: int) -> str:
    return pack(pieces)


def outcome(workflow_id: str) -> str:
    try:
        return DBOS.retrieve_workflow(workflow_id).get_result()
    except Exception as error:
        status = DBOS.retrieve_workflow(workflow_id).get_status().status
        return f"{type(error).__name__}, {status}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        with SetWorkflowID("order-1"):
            order("two")
    print("a validated `int`, called with text, recovered:", outcome("order-1"))
    DBOS.destroy()

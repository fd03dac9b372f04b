"""The step that charges also logs in, and the restart takes a new token."""
# expect: crash

import os
import signal
from collections.abc import Callable
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


def log_in() -> str:
    """The gateway's token, which is a new one each day."""
    return "token-of-tuesday" if CRASHED.exists() else "token-of-monday"


def pay(order: str, token: str) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if token != log_in():
        raise PermissionError(f"the gateway refuses {token}")
    return f"{order} is paid"


# --8<-- [start:rule]
@DBOS.step()
def charge(order: str) -> str:
    token = log_in()
    return pay(order, token)


@DBOS.workflow()
def checkout(order: str) -> str:
    return charge(order)


# --8<-- [end:rule]


def outcome(call: Callable[[], str]) -> str:
    try:
        return call()
    except PermissionError as error:
        return str(error)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print(outcome(lambda: checkout("order-1")))
    results = [str(step["output"]) for step in DBOS.list_workflow_steps("order-1")]
    print("recorded results:", ", ".join(results))
    DBOS.destroy()

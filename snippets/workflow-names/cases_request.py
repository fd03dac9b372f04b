"""A workflow is registered inside a request, and the process is killed."""
# expect: crash

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


def handler(greeting: str) -> Callable[[str], str]:
    """A request for orders registers a workflow each time."""

    @DBOS.workflow()
    def greet(customer: str) -> str:
        DBOS.sleep(0.1)
        if not CRASHED.exists():
            CRASHED.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return f"{greeting}, {customer}"

    return greet


@DBOS.workflow()
def control(number: int) -> None:
    pass


def status(workflow_id: str) -> str:
    return DBOS.retrieve_workflow(workflow_id).get_status().status


def await_second_start(workflow_id: str) -> None:
    """A worker counts a recovered run when it takes it from the internal queue."""
    run = DBOS.retrieve_workflow(workflow_id)
    while run.get_status().recovery_attempts != 2:
        time.sleep(0.01)


def polls_of_the_internal_queue(count: int) -> None:
    for number in range(count):
        first = DBOS.start_workflow(control, number)
        DBOS.fork_workflow(first.workflow_id, 1).get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "application_version": "1",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        with SetWorkflowID("greet-ada"):
            DBOS.start_workflow(handler("Hello"), "Ada").get_result()
    await_second_start("greet-ada")
    polls_of_the_internal_queue(2)
    print("registered in a request, killed, launched again:", status("greet-ada"))
    DBOS.destroy()
    handler("Welcome")
    DBOS(config=config)
    DBOS.launch()
    result = DBOS.retrieve_workflow("greet-ada").get_result()
    print("registered again by another request, before a launch:", result)
    DBOS.destroy()

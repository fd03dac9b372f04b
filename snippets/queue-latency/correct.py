"""A code for a login waits on a queue that is polled often."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Engine, event

looks: list[str] = []


@DBOS.step()
def send(address: str) -> str:
    return f"code for {address}"


@DBOS.workflow()
def send_code(address: str) -> str:
    return send(address)


# --8<-- [start:rule]
def register() -> None:
    DBOS.register_queue(
        "mail",
        polling_interval_sec=0.1,
    )


# --8<-- [end:rule]


def count(statement: str) -> None:
    """Each poll of a worker begins with the row of its queue."""
    if threading.current_thread().name == "queue-worker-clock":
        looks.extend(["look"] * ("queues" in statement))


def await_end(workflow_id: str, polls: int) -> str:
    """The status at its end, or after as many polls of another queue."""
    end = len(looks) + polls
    status = ""
    while status != "SUCCESS" and len(looks) < end:
        time.sleep(0.01)
        status = DBOS.retrieve_workflow(workflow_id).get_status().status
    return status


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "logins",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    event.listen(Engine, "before_cursor_execute", lambda *args: count(args[2]))
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("clock", polling_interval_sec=0.1)
    register()
    with SetWorkflowID("ada"):
        DBOS.enqueue_workflow("mail", send_code, "ada@example.com")
    print("the code, some seconds later:", await_end("ada", polls=20))
    #> the code, some seconds later: SUCCESS
    DBOS.destroy()

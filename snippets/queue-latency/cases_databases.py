"""Whether a message and a job wake up who waits for them."""
# expect: ok
# databases: PostgreSQL notifies who waits for a message
# Takes some seconds: on SQLite, the message is found at the next look.

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Engine, create_engine, event, text

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
TABLE = "dbos.workflow_status" if URL.startswith("postgresql") else "workflow_status"
engine = create_engine(URL.replace("postgresql://", "postgresql+psycopg://"))
looks: list[str] = []
changes: list[str] = []


@DBOS.workflow()
def job() -> str:
    return "done"


@DBOS.workflow()
def wait() -> str:
    return str(DBOS.recv(timeout_seconds=60))


def count(statement: str) -> None:
    """Each poll of a worker begins with the row of its queue."""
    worker = threading.current_thread().name
    if worker == "queue-worker-clock":
        looks.extend(["look"] * ("queues" in statement))
    if worker == "queue-worker-shared" and "priority ASC" in statement:
        if len(changes) < 5:
            change_row()


def change_row() -> None:
    """As another process does, while this poll chooses its jobs."""
    changes.append("change")
    with engine.begin() as connection:
        change = f"UPDATE {TABLE} SET updated_at = updated_at + 1"
        connection.execute(text(f"{change} WHERE workflow_uuid = 'shared'"))


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
        "name": "shop",
        "system_database_url": URL,
        "notification_listener_polling_interval_sec": 8,
        "log_level": "CRITICAL",
    }
    event.listen(Engine, "before_cursor_execute", lambda *args: count(args[2]))
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("clock", polling_interval_sec=0.1)
    DBOS.register_queue("slow", polling_interval_sec=3600)
    with SetWorkflowID("job"):
        DBOS.enqueue_workflow("slow", job)
    await_end("job", polls=2)
    with SetWorkflowID("wait"):
        DBOS.start_workflow(wait)
    while not DBOS.list_workflow_steps("wait"):  # The end of the wait is recorded.
        time.sleep(0.01)
    DBOS.send("wait", "paid")
    print("who waits for a message, looking every 8 s:", await_end("wait", polls=24))
    print("a job on a queue that is polled every hour:", await_end("job", polls=8))
    DBOS.retrieve_workflow("wait").get_result()
    DBOS.register_queue("shared", global_concurrency=5, polling_interval_sec=0.2)
    with SetWorkflowID("shared"):
        DBOS.enqueue_workflow("shared", job)
    while len(changes) < 5 and await_end("shared", polls=1) != "SUCCESS":
        pass
    found = await_end("shared", polls=8)
    print("a job that changes in up to five polls, 8 polls later:", found)
    engine.dispose()
    DBOS.destroy()

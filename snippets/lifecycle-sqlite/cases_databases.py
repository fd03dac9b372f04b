"""What depends on the database, one thing after the other."""
# expect: ok
# databases: SQLite is a file that one writer locks, and tells nobody of a change

import os
import threading
import time
from collections.abc import Callable

import sqlalchemy
from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    SetWorkflowAttributes,
    SetWorkflowID,
    WorkflowHandle,
    error,
)

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
# Takes some seconds: a busy machine has to tell soon from later.
INTERVAL = 3.0
engine = sqlalchemy.create_engine(URL.replace("postgresql:", "postgresql+psycopg:"))


@DBOS.workflow()
def deliver() -> str:
    return DBOS.recv("address", timeout_seconds=60)


@DBOS.workflow()
def pay() -> None:
    DBOS.set_event("address", "here")


def run(workflow_id: str, workflow: Callable[[], object]) -> None:
    with SetWorkflowID(workflow_id):
        workflow()


def start_delivery(delivery: str) -> WorkflowHandle[str]:
    """A delivery that waits: `recv` has looked, and has recorded its end."""
    with SetWorkflowID(delivery):
        handle = DBOS.start_workflow(deliver)
    while not DBOS.list_workflow_steps(delivery):
        time.sleep(0.01)
    return handle


def waits(send: Callable[[str], None]) -> str:
    """Sends at the beginning of an interval."""
    handles = [start_delivery(f"{name}-{send.__name__}") for name in ("one", "two")]
    send(handles[0].workflow_id)
    handles[0].get_result()
    # The look that has found the first message has to end before the second one.
    time.sleep(INTERVAL / 6)
    began = time.monotonic()
    send(handles[1].workflow_id)
    handles[1].get_result()
    return "soon" if time.monotonic() - began < INTERVAL / 2 else "after the interval"


def send(delivery: str) -> None:
    DBOS.send(delivery, "here", "address")


def send_by_client(delivery: str) -> None:
    client.send(delivery, "here", "address")


def found() -> str:
    try:
        return f"{len(DBOS.list_workflows(attributes={'customer': 'acme'}))} run"
    except error.DBOSException as failure:
        return type(failure).__name__


def write(began: threading.Event, released: threading.Event) -> None:
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE parcels (id INTEGER)"))
        connection.execute(sqlalchemy.text("INSERT INTO parcels VALUES (1)"))
        began.set()
        released.wait(INTERVAL)


def run_beside_a_writer() -> str:
    began, released = threading.Event(), threading.Event()
    writer = threading.Thread(target=write, args=(began, released))
    writer.start()
    began.wait()
    run("beside-a-writer", pay)
    ended = "while it writes" if writer.is_alive() else "when it has ended"
    released.set()
    writer.join()
    return ended


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "notification_listener_polling_interval_sec": INTERVAL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    client = DBOSClient(system_database_url=URL)
    print("a message of the process is noticed:", waits(send))
    print("a message of a client is noticed:", waits(send_by_client))
    with SetWorkflowAttributes({"customer": "acme"}):
        run("order-0", pay)
    print("found by an attribute:", found())
    print("a run beside a long write of yours ends:", run_beside_a_writer())
    client.destroy()
    engine.dispose()
    DBOS.destroy()

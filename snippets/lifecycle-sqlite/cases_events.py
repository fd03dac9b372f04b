"""When a process notices an event that it waits for."""
# expect: ok
# databases: PostgreSQL tells of a change, and SQLite does not

import os
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

# Takes some seconds: a busy machine has to tell soon from later.
INTERVAL = 3.0


@DBOS.workflow()
def announce() -> float:
    DBOS.recv("go", timeout_seconds=60)
    # The look that has found the message has to end before the event.
    DBOS.sleep(INTERVAL / 6)
    DBOS.set_event("door", "open")
    return time.monotonic()


def waits() -> str:
    """The message waits for the end of an interval, and the event comes behind it."""
    with SetWorkflowID("announce"):
        handle = DBOS.start_workflow(announce)
    while not DBOS.list_workflow_steps("announce"):
        time.sleep(0.01)
    DBOS.send("announce", "go", "go")
    DBOS.get_event("announce", "door", 60)
    noticed = time.monotonic()
    seconds = noticed - handle.get_result()
    return "soon" if seconds < INTERVAL / 2 else "after the interval"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "notification_listener_polling_interval_sec": INTERVAL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print("an event is noticed:", waits())
    DBOS.destroy()

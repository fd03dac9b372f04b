"""How soon a reader gets a value that has been written."""
# expect: ok
# databases: PostgreSQL tells a launched process of a new value, SQLite is asked

import os
import threading
import time
from collections.abc import Iterator

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
# Takes some ten seconds: a busy machine has to tell soon from later.
INTERVAL = 4.0
go_on = threading.Semaphore(0)


@DBOS.step()
def await_reader() -> None:
    go_on.acquire()


@DBOS.workflow()
def build_report() -> None:
    DBOS.write_stream("chapters", "sales")
    await_reader()
    DBOS.write_stream("chapters", "costs")


def look(report: str, values: Iterator[object]) -> str:
    """The second value is written when the reader has looked for it and waits."""
    with SetWorkflowID(report):
        DBOS.start_workflow(build_report)
    while not DBOS.list_workflow_steps(report):
        time.sleep(0.01)  # The first value is not written yet.
    next(values)
    threading.Timer(INTERVAL / 4, go_on.release).start()
    began = time.monotonic()
    next(values)
    waited = time.monotonic() - began
    return "soon" if waited < INTERVAL * 0.6 else "after the interval"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "notification_listener_polling_interval_sec": INTERVAL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    # At once: on SQLite, the first interval begins with the launch.
    in_process = look("report-1", DBOS.read_stream("report-1", "chapters"))
    client = DBOSClient(system_database_url=URL)
    by_client = client.read_stream(
        "report-2", "chapters", polling_interval_sec=INTERVAL
    )
    often = DBOS.read_stream("report-3", "chapters", polling_interval_sec=0.01)
    print("a launched process reads, by default:", in_process)
    print("a `DBOSClient` reads, by default:", look("report-2", by_client))
    print("a process reads with `polling_interval_sec=0.01`:", look("report-3", often))
    client.destroy()
    DBOS.destroy()

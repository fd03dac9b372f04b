"""The registered name is used, and both reports are built."""
# expect: ok

import logging
import os
import time

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
config: DBOSConfig = {
    "name": "reports",
    "system_database_url": URL,
    "log_level": "ERROR",
}


# --8<-- [start:rule]
@DBOS.workflow()
def build_report(month: str) -> str:
    return f"report for {month}"


MAY: EnqueueOptions = {
    "workflow_name": "build_report",
    "queue_name": "reports",
    "workflow_id": "may",
}
# --8<-- [end:rule]
JUNE: EnqueueOptions = {"workflow_name": "build_report", "queue_name": "reports"}


class Log(logging.Handler):
    """Keeps the end of every message."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage().rpartition(": ")[2])


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", global_concurrency=1)
    log = Log()
    logging.getLogger("dbos").addHandler(log)
    client = DBOSClient(system_database_url=URL)
    may = client.enqueue(MAY, "May")
    june = client.enqueue(JUNE, "June")
    while not log.lines and june.get_status().status != "SUCCESS":
        time.sleep(0.01)
    time.sleep(0.3)  # Time enough for the queue to be polled again.
    print("May:", may.get_status().status)
    #> May: SUCCESS
    print("June:", june.get_status().status)
    #> June: SUCCESS
    print("logged:", ", ".join(log.lines) or "nothing")
    #> logged: nothing
    client.cancel_workflow(may.workflow_id)  # Frees the slot, if it is still held.
    print("then:", june.get_result())
    #> then: report for June
    client.destroy()
    DBOS.destroy()

"""What workflows in threads still do while the end of DBOS waits for its listener."""
# expect: ok
# databases: on SQLite, the end of DBOS waits for up to a polling interval
# Takes some seconds: the interval is 5 s, so that the workflows end before.

import os
import threading
import time

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
begun = threading.Barrier(3)


@DBOS.step()
def write() -> None:
    begun.wait()
    time.sleep(2.5)  # Until DBOS.destroy has begun, or has ended.


@DBOS.workflow()
def mail() -> None:
    pass


@DBOS.workflow()
def export() -> str:
    write()
    return "exported"


@DBOS.workflow()
def export_and_mail() -> None:
    write()
    DBOS.start_workflow(mail)


def status(workflow_id: str) -> str:
    client = DBOSClient(system_database_url=URL)
    found = client.retrieve_workflow(workflow_id).get_status().status
    client.destroy()
    return found


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "notification_listener_polling_interval_sec": 5.0,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report"):
        DBOS.start_workflow(export)
    with SetWorkflowID("parent"):
        DBOS.start_workflow(export_and_mail)
    begun.wait()
    time.sleep(1)  # By then, the listener sleeps.
    DBOS.destroy()
    while any(each.name.startswith("dbos-exec") for each in threading.enumerate()):
        time.sleep(0.01)
    print("cut off in its step:", status("report"))
    print("cut off before it starts a child:", status("parent"))

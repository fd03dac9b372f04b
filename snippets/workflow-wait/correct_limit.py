"""A wait with a limit asks for the status."""
# expect: ok
# differs: this one needs a clock

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

gate = threading.Event()


@DBOS.step()
def build(month: str) -> str:
    gate.wait()
    return f"report for {month}"


@DBOS.workflow()
def report(month: str) -> str:
    return build(month)


# --8<-- [start:rule]
def fetch(report_id: str) -> str:
    handle = DBOS.retrieve_workflow(report_id)
    end = time.monotonic() + 0.5
    waiting = ("DELAYED", "ENQUEUED", "PENDING")
    while handle.get_status().status in waiting:
        if time.monotonic() > end:
            return "not ready"
        time.sleep(0.1)
    return str(handle.get_result())


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-may"):
        handle = DBOS.start_workflow(report, "may")
    threading.Timer(2, gate.set).start()
    print("after half a second:", fetch("report-may"))
    #> after half a second: not ready
    print("in the end:", handle.get_result())
    #> in the end: report for may
    DBOS.destroy()

"""A reader with a timeout notices a writer that stalls; an ended stream ends."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

resume = threading.Event()


@DBOS.step()
def collect_costs() -> None:
    resume.wait()


@DBOS.workflow()
def build_report() -> None:
    DBOS.write_stream("chapters", "sales")
    collect_costs()


# --8<-- [start:rule]
def show(report: str) -> str:
    shown: list[str] = []
    try:
        for chapter in DBOS.read_stream(report, "chapters", timeout_seconds=0.5):
            shown.append(chapter)
    except error.DBOSStreamTimeoutError as stalled:
        return f"{shown}, then error {stalled.dbos_error_code}"
    return f"{shown}, then the end"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-1"):
        report = DBOS.start_workflow(build_report)
    DBOS.read_stream_offset("report-1", "chapters", 0)  # Waits for the first value.
    print(show("report-1"))
    #> ['sales'], then error 16
    resume.set()
    report.get_result()
    print(show("report-1"))
    #> ['sales'], then the end
    DBOS.destroy()

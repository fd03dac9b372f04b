"""The status comes from the enumeration, so it exists."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowStatusString


@DBOS.workflow()
def build_report(month: str) -> str:
    DBOS.set_event("started", True)
    DBOS.recv("approved")
    return f"report for {month}"


# --8<-- [start:rule]
def running_reports() -> list[str]:
    running = WorkflowStatusString.PENDING.value
    reports = DBOS.list_workflows(name="build_report", status=running)
    return [report.workflow_id for report in reports]


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
        report = DBOS.start_workflow(build_report, "May")
    DBOS.get_event("report-may", "started")
    print("running:", running_reports())
    #> running: ['report-may']
    DBOS.send("report-may", True, "approved")
    print("result:", report.get_result())
    #> result: report for May
    DBOS.destroy()

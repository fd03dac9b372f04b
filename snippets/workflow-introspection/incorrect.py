"""A status that does not exist finds nothing and raises nothing."""
# expect: wrong
# differs: only the correct one imports the enumeration

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def build_report(month: str) -> str:
    DBOS.set_event("started", True)
    DBOS.recv("approved")
    return f"report for {month}"


# --8<-- [start:rule]
def running_reports() -> list[str]:
    reports = DBOS.list_workflows(name="build_report", status="RUNNING")
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
    #> running: []
    DBOS.send("report-may", True, "approved")
    print("result:", report.get_result())
    #> result: report for May
    DBOS.destroy()

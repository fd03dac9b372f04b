"""The list of queued workflows contains the running ones."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def build_report(month: str) -> str:
    DBOS.set_event("started", True)
    DBOS.recv("approved")
    return f"report for {month}"


# --8<-- [start:rule]
def waiting_reports() -> list[str]:
    reports = DBOS.list_queued_workflows(queue_name="reports")
    return sorted(report.workflow_id for report in reports)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("reports", worker_concurrency=1)
    for month in ("may", "june"):
        with SetWorkflowID(f"report-{month}"):
            DBOS.enqueue_workflow("reports", build_report, month)
        DBOS.get_event("report-may", "started")
    print("waiting:", waiting_reports())
    #> waiting: ['report-june', 'report-may']
    for month in ("may", "june"):
        DBOS.send(f"report-{month}", True, "approved")
        print(DBOS.retrieve_workflow(f"report-{month}").get_result())
        #> report for may
        #> report for june
    DBOS.destroy()

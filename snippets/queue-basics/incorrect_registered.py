"""A misspelt queue name is accepted, and the report stays ENQUEUED."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, WorkflowHandle

config: DBOSConfig = {
    "name": "reports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
@DBOS.workflow()
def build_report(month: str) -> str:
    return f"report for {month}"


def enqueue_report(month: str) -> WorkflowHandle[str]:
    return DBOS.enqueue_workflow("report", build_report, month)


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    # One at a time: May has ended before June begins.
    DBOS.register_queue("reports", global_concurrency=1)
    report = enqueue_report("May")
    DBOS.enqueue_workflow("reports", build_report, "June").get_result()
    print("report for May:", report.get_status().status)
    #> report for May: ENQUEUED
    DBOS.destroy()

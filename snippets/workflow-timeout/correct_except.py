"""The caller catches the error of a cancelled workflow."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout, error


@DBOS.workflow()
def build_report() -> str:
    while True:
        DBOS.sleep(0.05)


# --8<-- [start:rule]
def report_or_reason() -> str:
    with SetWorkflowID("report-1"), SetWorkflowTimeout(0.5):
        handle = DBOS.start_workflow(build_report)
    try:
        return handle.get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        return f"no report: {failure}"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(report_or_reason())
    #> no report: DBOS Error 13: Awaited workflow report-1 was cancelled
    DBOS.destroy()

"""An error is an output, so outputs are loaded."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def build_report(month: str) -> str:
    raise ValueError(f"no sales in {month}")


# --8<-- [start:rule]
def failed_reports() -> list[str]:
    reports = DBOS.list_workflows(status="ERROR", load_input=False)
    return [f"{report.workflow_id}: {report.error}" for report in reports]


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    try:
        with SetWorkflowID("report-may"):
            build_report("May")
    except ValueError as error:
        print("raised:", error)
        #> raised: no sales in May
    print(failed_reports())
    #> ['report-may: no sales in May']
    DBOS.destroy()

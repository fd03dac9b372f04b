"""A workflow called from a plain thread is recorded, without the id set around it."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.step()
def render(month: str) -> str:
    return f"report for {month}"


# --8<-- [start:rule]
@DBOS.workflow()
def build_report(month: str) -> str:
    return render(month)


def build_june() -> None:
    with SetWorkflowID("report-june"):
        build_report("June")


def main() -> None:
    with SetWorkflowID("report-may"):
        may = threading.Thread(target=build_report, args=("May",))
        may.start()
        may.join()
    june = threading.Thread(target=build_june)
    june.start()
    june.join()


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    main()
    reports = DBOS.list_workflows(name="build_report", status="SUCCESS")
    print("succeeded:", sorted(str(report.output) for report in reports))
    #> succeeded: ['report for June', 'report for May']
    print("report-may exists:", DBOS.get_workflow_status("report-may") is not None)
    #> report-may exists: False
    print("report-june exists:", DBOS.get_workflow_status("report-june") is not None)
    #> report-june exists: True
    steps = DBOS.list_workflow_steps("report-june")
    print("recorded:", [step["function_name"] for step in steps])
    #> recorded: ['render']
    DBOS.destroy()

"""The recorded steps of a workflow, in the order of their numbers."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.step()
def read_sales(month: str) -> int:
    return len(month)


@DBOS.step()
def render(rows: int) -> str:
    return f"{rows} rows"


# --8<-- [start:rule]
@DBOS.workflow()
def build_report(month: str) -> str:
    rows = read_sales(month)
    DBOS.set_event("rows", rows)
    return render(rows)


def steps_of(workflow_id: str) -> list[str]:
    return [
        f"{step['function_id']} {step['function_name']}: {step['output']}"
        for step in DBOS.list_workflow_steps(workflow_id)
    ]


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
        build_report("May")
    for line in steps_of("report-may"):
        print(line)
        #> 1 read_sales: 3
        #> 2 DBOS.setEvent: None
        #> 3 render: 3 rows
    print("report-june:", steps_of("report-june"))
    #> report-june: []
    DBOS.destroy()

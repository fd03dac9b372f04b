"""The id is enough to get another handle to the same workflow."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def build_report(month: str) -> str:
    return f"report for {month}"


# --8<-- [start:rule]
def start_report(month: str) -> str:
    with SetWorkflowID(f"report-{month}"):
        handle = DBOS.start_workflow(build_report, month)
    return handle.get_workflow_id()


def read_report(workflow_id: str) -> tuple[str, str]:
    handle = DBOS.retrieve_workflow(workflow_id)
    result = handle.get_result()
    return result, handle.get_status().status


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    workflow_id = start_report("May")
    print(workflow_id)
    #> report-May
    print(read_report(workflow_id))
    #> ('report for May', 'SUCCESS')
    DBOS.destroy()

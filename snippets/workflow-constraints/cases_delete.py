"""Deleting other workflows in a step and in a workflow."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def report() -> None:
    pass


@DBOS.step()
def delete_in_step(workflow_id: str) -> None:
    DBOS.delete_workflows([workflow_id])


@DBOS.workflow()
def purge_in_step(workflow_id: str) -> None:
    delete_in_step(workflow_id)


@DBOS.workflow()
def purge(workflow_id: str) -> None:
    DBOS.delete_workflows([workflow_id])


def report_stored() -> str:
    return "stored" if DBOS.get_workflow_status("report-1") else "deleted"


def recorded(workflow_id: str) -> str:
    steps = DBOS.list_workflow_steps(workflow_id)
    return f"{report_stored()}, recorded {[step['function_name'] for step in steps]}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-1"):
        report()
    with SetWorkflowID("by-step"):
        purge_in_step("report-1")
    print("`delete_workflows` in a step, the report:", recorded("by-step"))
    #> `delete_workflows` in a step, the report: deleted, recorded ['delete_in_step']
    with SetWorkflowID("report-1"):
        report()
    with SetWorkflowID("by-workflow"):
        purge("report-1")
    print("the same in a workflow:", recorded("by-workflow"))
    #> the same in a workflow: deleted, recorded ['DBOS.deleteWorkflow']
    with SetWorkflowID("report-1"):
        report()
    DBOS.fork_workflow("by-workflow", 2).get_result()
    print("a fork that reads this record, the report run anew:", report_stored())
    #> a fork that reads this record, the report run anew: stored
    DBOS.destroy()

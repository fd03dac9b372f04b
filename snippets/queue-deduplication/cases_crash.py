"""A workflow joins a run, the run ends, and the process dies."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID, WorkflowHandle

config: DBOSConfig = {
    "name": "reports",
    "application_version": "1",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@DBOS.workflow()
def build_report(month: str) -> str:
    return f"report for {month}"


def request_report(month: str) -> WorkflowHandle[str]:
    with SetEnqueueOptions(
        deduplication_id=f"report-{month}", duplication_policy="return-existing"
    ):
        return DBOS.enqueue_workflow("reports", build_report, month)


@DBOS.step()
def mail(report: str) -> str | None:
    """Ends the process, the first time once the report is there."""
    if not Path("killed").exists():
        Path("killed").touch()
        DBOS.register_queue("reports", polling_interval_sec=0.05)
        while DBOS.retrieve_workflow(report).get_status().status != "SUCCESS":
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGKILL)
    run: WorkflowHandle[str] = DBOS.retrieve_workflow(DBOS.workflow_id or "")
    return run.get_status().deduplication_id


@DBOS.workflow()
def mail_report(month: str) -> tuple[str, str | None]:
    report = request_report(month)
    return report.workflow_id, mail(report.workflow_id)


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("mails")
    if not Path("killed").exists():
        with SetWorkflowID("report-1"):
            request_report("May")
    with SetWorkflowID("mail-1"), SetEnqueueOptions(deduplication_id="mail-May"):
        run = DBOS.enqueue_workflow("mails", mail_report, "May")
    report, dedup_id = run.get_result(polling_interval_sec=0.05)
    print("recovered, joined to a run that has ended:", report)
    print("deduplication id of a recovered run:", dedup_id)
    DBOS.destroy()

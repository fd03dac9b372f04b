"""An id that nothing has is refused."""
# expect: ok

import os
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def report(month: str) -> str:
    return f"report for {month}"


# --8<-- [start:rule]
def fetch(report_id: str) -> str:
    handle = DBOS.retrieve_workflow(report_id)
    return str(handle.get_result())


# --8<-- [end:rule]


def outcome(report_id: str) -> str:
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(fetch, report_id)
        try:
            return answer.result(timeout=2)
        except TimeoutError:
            with SetWorkflowID(report_id):  # The thread can end.
                report("june")
            return "still waits after 2 s"
        except Exception as failure:
            return str(failure)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-may"):
        report("may")
    print(outcome("report-may"))
    #> report for may
    print(outcome("report-mai"))
    #> DBOS Error 5: Non-existent target workflow ID: report-mai
    DBOS.destroy()

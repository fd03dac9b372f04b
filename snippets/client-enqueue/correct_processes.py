"""A web process enqueues a report by name, and the worker process builds it."""
# expect: ok

import os
import subprocess
import sys

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")


# --8<-- [start:rule]
@DBOS.workflow()
def build_report(month: str) -> tuple[str, int]:
    return f"report for {month}", os.getpid()


def web() -> None:
    options: EnqueueOptions = {
        "workflow_name": "build_report",  # The function's __qualname__.
        "queue_name": "reports",
        "workflow_id": "report-May",
    }
    client = DBOSClient(system_database_url=URL)
    client.enqueue(options, "May")
    client.destroy()


def worker() -> None:
    DBOS.launch()
    DBOS.register_queue("reports", worker_concurrency=1)
    # --8<-- [end:rule]


if __name__ == "__main__" and sys.argv[1:] == ["web"]:
    web()
elif __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    worker()
    subprocess.run([sys.executable, __file__, "web"], check=True)
    report, process = DBOS.retrieve_workflow("report-May").get_result()
    print(report)
    #> report for May
    print("built by the worker:", process == os.getpid())
    #> built by the worker: True
    DBOS.destroy()

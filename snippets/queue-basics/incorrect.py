"""The 2.x constructor of a queue is gone."""
# expect: raises DBOSException
# differs: only this one imports the class that it may not construct

import os

from dbos import DBOS, DBOSConfig, Queue

config: DBOSConfig = {
    "name": "reports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
@DBOS.workflow()
def build_report(month: str) -> str:
    return f"report for {month}"


def main() -> str:
    reports = Queue("reports", worker_concurrency=1)
    DBOS.launch()
    handle = reports.enqueue(build_report, "May")
    return handle.get_result()


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    print(main())
    DBOS.destroy()

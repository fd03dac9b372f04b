"""The queue is registered after launch, and the report is built."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig

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
    DBOS.launch()
    DBOS.register_queue("reports", worker_concurrency=1)
    handle = DBOS.enqueue_workflow("reports", build_report, "May")
    return handle.get_result()


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    print(main())
    #> report for May
    DBOS.destroy()

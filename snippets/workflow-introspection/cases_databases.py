"""Where a listing depends on the database."""
# expect: ok
# databases: limits, enumerations, case and time limits are left to the database

import os
import sys
import threading
import time
from typing import Any

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowStatusString, error
from sqlalchemy.exc import DBAPIError

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL")


@DBOS.workflow()
def build(month: str) -> str:
    return f"report for {month}"


def found(**filters: Any) -> str:
    try:
        runs = DBOS.list_workflows(**filters)
    except (DBAPIError, error.DBOSException) as failure:
        return type(failure).__name__
    return ", ".join(run.workflow_id for run in runs) or "none"


def in_whole_seconds(times: list[int]) -> str:
    whole = all(time_ms % 1000 == 0 for time_ms in times)
    if (URL or "").startswith("postgresql"):
        return str(whole)
    old = sys.version_info < (3, 12)
    return "before Python 3.12" if whole == old else "otherwise"


def lock_for_a_second(locked: threading.Event) -> None:
    engine = sqlalchemy.create_engine(URL or "sqlite:///reports.sqlite")
    lock = "lock table dbos.workflow_status"
    if engine.dialect.name == "sqlite":
        lock = "begin exclusive"
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(lock))
        locked.set()
        time.sleep(1)


def found_while_locked(**filters: Any) -> str:
    """Lists while another connection keeps the table of the workflows."""
    locked = threading.Event()
    thread = threading.Thread(target=lock_for_a_second, args=(locked,))
    thread.start()
    locked.wait()
    months = found(**filters)
    thread.join()
    return months


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": URL,
        "observability_query_timeout_sec": 0.2,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for month in ("may", "june"):
        with SetWorkflowID(month):
            build(month)
    success = WorkflowStatusString.SUCCESS
    print("found with an enumeration value, without `.value`:", found(status=success))
    print("found with `limit=-1`:", found(limit=-1))
    print('found with `workflow_id_prefix="M"`:', found(workflow_id_prefix="M"))
    print("a listing of 1 s, with a limit of 0.2 s:", found_while_locked())
    by_ids = found_while_locked(workflow_ids=["may"])
    print("the same, with `workflow_ids`:", by_ids)
    times = [run.completed_at or 0 for run in DBOS.list_workflows()]
    print("`completed_at` is in whole seconds:", in_whole_seconds(times))
    DBOS.destroy()

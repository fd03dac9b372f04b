"""Jobs of one key and one moment run in the order of their priorities."""
# expect: ok

import os

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///bank.sqlite")
TABLE = "dbos.workflow_status" if URL.startswith("postgresql") else "workflow_status"
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")
lines: list[str] = []


@DBOS.step()
def write(line: str) -> None:
    lines.append(line)


@DBOS.workflow()
def book(line: str) -> None:
    write(line)


# --8<-- [start:rule]
def enqueue(workflow_id: str, line: str, number: int) -> None:
    with (
        SetEnqueueOptions(queue_partition_key="ada", priority=number),
        SetWorkflowID(workflow_id),
    ):
        DBOS.enqueue_workflow("accounts", book, line)


def enqueue_lines() -> None:
    enqueue("ada-open", "open", 1)
    enqueue("ada-deposit", "deposit 50", 2)
    enqueue("ada-close", "close", 3)


# --8<-- [end:rule]


def make_moment() -> None:
    """One moment for all, as in one second of SQLite; luck decides nothing so."""
    engine = sqlalchemy.create_engine(ADDRESS)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"UPDATE {TABLE} SET created_at = 1000"))
    engine.dispose()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    enqueue_lines()
    make_moment()
    DBOS.register_queue("accounts", partition_concurrency=1, polling_interval_sec=0.1)
    for workflow_id in ("ada-open", "ada-deposit", "ada-close"):
        DBOS.get_result(workflow_id)
    print("the account:", ", ".join(lines))
    #> the account: open, deposit 50, close
    DBOS.destroy()

"""How exactly the moment is stored at which a job is enqueued."""
# expect: ok
# databases: SQLite before Python 3.12 stores whole seconds, for each statement

import os
import sys
import time

import sqlalchemy
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")


@DBOS.workflow()
def job() -> None:
    pass


def in_whole_seconds(moments: list[int]) -> str:
    whole = all(moment % 1000 == 0 for moment in moments)
    if URL.startswith("postgresql"):
        return str(whole)
    old = sys.version_info < (3, 12)
    return "before Python 3.12" if whole == old else "otherwise"


def moments(queue: str) -> list[int]:
    return [run.created_at or 0 for run in DBOS.list_workflows(queue_name=queue)]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for _ in range(5):
        DBOS.enqueue_workflow("jobs", job)
    print("`created_at` is in whole seconds:", in_whole_seconds(moments("jobs")))
    client = DBOSClient(system_database_url=URL)
    engine = sqlalchemy.create_engine(ADDRESS)
    options: EnqueueOptions = {"queue_name": "lines", "workflow_name": "job"}
    with engine.begin() as connection:
        client.enqueue_in_transaction(connection, options)
        time.sleep(1.1)
        client.enqueue_in_transaction(connection, options)
    print("two jobs of one long transaction, moments:", len(set(moments("lines"))))
    client.destroy()
    engine.dispose()
    DBOS.destroy()

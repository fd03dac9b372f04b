"""What a deletion removes, what it leaves behind, and what it frees."""
# expect: ok
# Takes some seconds: DBOS gets three seconds in which it could delete old rows.

import os
import time

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
SCHEMA = "dbos" if URL.startswith("postgresql") else None
PREFIX = f"{SCHEMA}." if SCHEMA else ""
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")
engine = sqlalchemy.create_engine(ADDRESS, isolation_level="AUTOCOMMIT")


@DBOS.step()
def pack() -> str:
    return "parcel" * 100_000


@DBOS.workflow()
def pay() -> None:
    pass


@DBOS.workflow()
def deliver() -> None:
    DBOS.set_event("state", "packing")
    DBOS.write_stream("log", "packing")
    DBOS.recv(timeout_seconds=60)
    pay()
    pack()


def sql(text: str) -> int:
    with engine.connect() as connection:
        result = connection.execute(sqlalchemy.text(text))
        return int(result.scalar() or 0) if result.returns_rows else 0


def rows() -> dict[str, int]:
    names = sqlalchemy.inspect(engine).get_table_names(SCHEMA)
    return {name: sql(f"SELECT count(*) FROM {PREFIX}{name}") for name in names}


def more_rows() -> str:
    """Counts the rows that were not there before the first workflow."""
    now = rows()
    more = {name: now[name] - before[name] for name in now if now[name] > before[name]}
    return f"{sum(more.values())} in {len(more)} tables"


def size() -> int:
    if SCHEMA:
        return sql("SELECT pg_database_size(current_database())")
    return os.path.getsize(engine.url.database or "")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    before = rows()
    with SetWorkflowID("delivery"):
        handle = DBOS.start_workflow(deliver)
    DBOS.send("delivery", "go")
    handle.get_result()
    sql(f"UPDATE {PREFIX}workflow_status SET completed_at = 1, created_at = 1")
    DBOS.destroy()
    DBOS(config=config)
    DBOS.launch()
    time.sleep(3)
    print("rows of a run that ended in 1970, 3 s after a launch:", more_rows())
    #> rows of a run that ended in 1970, 3 s after a launch: 17 in 8 tables
    large = size()
    DBOS.delete_workflow("delivery")
    children = DBOS.list_workflows(parent_workflow_id="delivery")
    print("rows after its deletion:", more_rows())
    #> rows after its deletion: 3 in 3 tables
    print("stored children of the deleted run:", len(children))
    #> stored children of the deleted run: 1
    DBOS.delete_workflows([child.workflow_id for child in children])
    print("rows after the deletion of the child:", more_rows())
    #> rows after the deletion of the child: 0 in 0 tables
    print("the database is smaller after the deletions:", size() < large)
    #> the database is smaller after the deletions: False
    sql("VACUUM FULL" if SCHEMA else "VACUUM")
    print("the database is smaller after a full `VACUUM`:", size() < large)
    #> the database is smaller after a full `VACUUM`: True
    engine.dispose()
    DBOS.destroy()

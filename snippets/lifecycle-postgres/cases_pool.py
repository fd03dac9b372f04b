"""How small a pool may be, and what a full server refuses."""
# expect: ok
# needs: postgres - SQLite has no roles, and no connections to count

import os
import threading
import time

import sqlalchemy
from dbos import DBOS, DBOSClient, DBOSConfig
from sqlalchemy.exc import SQLAlchemyError

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
ADDRESS = URL.replace("postgresql:", "postgresql+psycopg:")
ROLE = f"{sqlalchemy.make_url(URL).database}_app"
APP = sqlalchemy.make_url(ADDRESS).set(username=ROLE, password="secret")
engine = sqlalchemy.create_engine(ADDRESS, isolation_level="AUTOCOMMIT")
COUNT = sqlalchemy.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND wait_event_type = 'Lock'"
)


def sql(*statements: str) -> None:
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sqlalchemy.text(statement))


def launch(url: str, pool_size: int, schema: str = "dbos") -> str:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": url,
        "dbos_system_schema": schema,
        "sys_db_pool_size": pool_size,
        "db_engine_kwargs": {"pool_timeout": 1},  # Instead of thirty seconds.
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    try:
        DBOS.launch()
    except SQLAlchemyError as error:
        return type(error).__name__
    finally:
        DBOS.destroy()
    return "done"


def waiting(expected: int) -> int:
    """Counts, when the number has been as expected or some seconds are over."""
    give_up = time.monotonic() + 5
    most = 0
    with engine.connect() as connection:
        while most < expected and time.monotonic() < give_up:
            most = max(most, connection.execute(COUNT).scalar_one())
        time.sleep(0.5)  # For one that is too many.
        return connection.execute(COUNT).scalar_one()


def most_of_a_client() -> int:
    """Counts while the database answers none of thirty calls."""
    client = DBOSClient(system_database_url=URL)
    calls = [threading.Thread(target=client.list_workflows) for _ in range(30)]
    with engine.connect().execution_options(isolation_level="READ COMMITTED") as slow:
        slow.execute(sqlalchemy.text("LOCK TABLE dbos.workflow_status"))
        for call in calls:
            call.start()
        seen = waiting(5)
    for call in calls:
        call.join()
    client.destroy()
    return seen


def launch_beside_others() -> str:
    """Launches when the role has its only connection already."""
    other = sqlalchemy.create_engine(APP)
    with other.connect():
        ended = launch(APP.render_as_string(hide_password=False), 2)
    other.dispose()
    return ended


if __name__ == "__main__":
    DBOS.migrate(URL)
    print("a first launch, `sys_db_pool_size` 1:", launch(URL, 1, "one"))
    #> a first launch, `sys_db_pool_size` 1: TimeoutError
    print("a first launch, `sys_db_pool_size` 2:", launch(URL, 2, "two"))
    #> a first launch, `sys_db_pool_size` 2: done
    print("thirty calls of a client at once:", most_of_a_client())
    #> thirty calls of a client at once: 5
    sql(f"CREATE ROLE \"{ROLE}\" LOGIN PASSWORD 'secret' CONNECTION LIMIT 1")
    DBOS.migrate(URL, application_role=ROLE)
    print("a launch, when all connections are taken:", launch_beside_others())
    #> a launch, when all connections are taken: OperationalError
    sql(f'DROP OWNED BY "{ROLE}"', f'DROP ROLE "{ROLE}"')
    engine.dispose()

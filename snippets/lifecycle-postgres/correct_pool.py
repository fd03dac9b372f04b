"""The pool of a process is smaller than the number of connections it may have."""
# expect: ok
# needs: postgres - SQLite counts no connections

import logging
import os
import threading

import sqlalchemy
from dbos import DBOS, DBOSConfig

OWNER = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
ROLE = f"{sqlalchemy.make_url(OWNER).database}_app"
address = sqlalchemy.make_url(OWNER).set(username=ROLE, password="secret")
engine = sqlalchemy.create_engine(
    OWNER.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
)
refused = threading.Event()


class Watcher(logging.Handler):
    """Notices when the server refuses a connection."""

    def emit(self, record: logging.LogRecord) -> None:
        if "too many connections" in record.getMessage():
            refused.set()


@DBOS.workflow()
def pay() -> None:
    pass


# --8<-- [start:rule]
def configure() -> DBOSConfig:
    return {
        "name": "shop",
        "system_database_url": address.render_as_string(hide_password=False),
        "sys_db_pool_size": 8,
        "log_level": "WARNING",
    }


# --8<-- [end:rule]


def sql(*statements: str) -> None:
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sqlalchemy.text(statement))


if __name__ == "__main__":
    DBOS.migrate(OWNER)  # Makes the database, where it is not there.
    sql(f"CREATE ROLE \"{ROLE}\" LOGIN PASSWORD 'secret' CONNECTION LIMIT 10")
    DBOS.migrate(OWNER, application_role=ROLE)
    logging.getLogger("dbos").addHandler(Watcher())
    DBOS(config=configure())
    DBOS.launch()
    payments = [threading.Thread(target=pay) for _ in range(30)]
    # The database is slow for a moment, and every payment needs a connection.
    with engine.connect().execution_options(isolation_level="READ COMMITTED") as slow:
        slow.execute(sqlalchemy.text("LOCK TABLE dbos.workflow_status"))
        for payment in payments:
            payment.start()
        refused.wait(2)
    for payment in payments:
        payment.join()
    print("a connection was refused:", refused.is_set())
    #> a connection was refused: False
    print("paid:", len(DBOS.list_workflows(status="SUCCESS")))
    #> paid: 30
    DBOS.destroy()
    sql(f'DROP OWNED BY "{ROLE}"', f'DROP ROLE "{ROLE}"')
    engine.dispose()

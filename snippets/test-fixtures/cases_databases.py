"""What a reset does to tables that are not of DBOS."""
# expect: ok
# databases: on SQLite the reset empties the file, on PostgreSQL the schema of DBOS

import os

import sqlalchemy
from dbos import DBOS, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}


def sql(text: str) -> list[int]:
    """Runs the text on a connection that is not of DBOS."""
    engine = sqlalchemy.create_engine(URL, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        result = connection.execute(sqlalchemy.text(text))
        return list(result.scalars()) if result.returns_rows else []


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    sql("create table customer (name text)")
    sql("insert into customer values ('Ada')")
    DBOS.destroy()
    DBOS(config=config)
    DBOS.reset_system_database(truncate=True)
    [rows] = sql("select count(*) from customer")
    print("rows of a table of your own, after `truncate=True`:", rows)
    DBOS.destroy()

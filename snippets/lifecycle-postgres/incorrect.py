"""The application makes the tables itself, and may not."""
# expect: wrong
# needs: postgres - SQLite has no roles

import os

import sqlalchemy
from dbos import DBOS, DBOSConfig
from sqlalchemy.exc import ProgrammingError

OWNER = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
ROLE = f"{sqlalchemy.make_url(OWNER).database}_app"
address = sqlalchemy.make_url(OWNER).set(username=ROLE, password="secret")
engine = sqlalchemy.create_engine(
    OWNER.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
)
config: DBOSConfig = {
    "name": "shop",
    "system_database_url": address.render_as_string(hide_password=False),
    "dbos_system_schema": "shop",
    "log_level": "CRITICAL",
}


# --8<-- [start:rule]
def deploy() -> None:
    DBOS(config=config)
    DBOS.launch()


# --8<-- [end:rule]


def sql(*statements: str) -> None:
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sqlalchemy.text(statement))


if __name__ == "__main__":
    DBOS.migrate(OWNER)  # Makes the database, where it is not there.
    sql(f"CREATE ROLE \"{ROLE}\" LOGIN PASSWORD 'secret'")
    try:
        deploy()
        outcome = "done"
    except ProgrammingError as error:
        outcome = type(error.orig).__name__
    print("the launch:", outcome)
    #> the launch: InsufficientPrivilege
    DBOS.destroy()
    sql(f'DROP OWNED BY "{ROLE}"', f'DROP ROLE "{ROLE}"')
    engine.dispose()

"""What a launch and a migration do, in schemas with and without tables."""
# expect: ok
# needs: postgres - SQLite has no roles and no schemas

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy
from dbos import DBOS, DBOSConfig, error
from sqlalchemy.exc import DBAPIError

OWNER = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
DATABASE = sqlalchemy.make_url(OWNER).database
ROLE = f"{DATABASE}_app"
address = sqlalchemy.make_url(OWNER).set(username=ROLE, password="secret")
APP = address.render_as_string(hide_password=False)
engine = sqlalchemy.create_engine(
    OWNER.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
)


@DBOS.workflow()
def pay() -> None:
    pass


def sql(*statements: str) -> None:
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sqlalchemy.text(statement))


def outcome(call: Callable[[], None]) -> str:
    try:
        call()
    except DBAPIError as failure:
        return type(failure.orig).__name__
    except error.DBOSException as failure:
        return type(failure).__name__
    return "done"


def launch(url: str, migrations: bool, schema: str = "shop") -> str:
    """Launches, and runs a workflow."""
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": url,
        "dbos_system_schema": schema,
        "run_migrations": migrations,
        "log_level": "CRITICAL",
    }

    def work() -> None:
        DBOS(config=config)
        DBOS.launch()
        pay()

    try:
        return outcome(work)
    finally:
        DBOS.destroy()


def migrate(role: str | None = None, schema: str = "shop") -> str:
    return outcome(lambda: DBOS.migrate(OWNER, schema=schema, application_role=role))


def at_once() -> str:
    with ThreadPoolExecutor() as threads:
        ends = [threads.submit(migrate, schema="new") for _ in range(2)]
        launched = launch(OWNER, migrations=True, schema="new")
    return ", ".join([*(end.result() for end in ends), f"launch {launched}"])


if __name__ == "__main__":
    DBOS.migrate(OWNER)  # Makes the database, where it is not there.
    sql(f"CREATE ROLE \"{ROLE}\" LOGIN PASSWORD 'secret'")
    print("no tables, a launch with `run_migrations` False:", launch(OWNER, False))
    #> no tables, a launch with `run_migrations` False: DBOSInitializationError
    print("no tables, a launch of a role without rights:", launch(APP, True))
    #> no tables, a launch of a role without rights: InsufficientPrivilege
    print("`DBOS.migrate`:", migrate())
    #> `DBOS.migrate`: done
    print("tables, the role has no rights:", launch(APP, False))
    #> tables, the role has no rights: DBOSInitializationError
    print("`DBOS.migrate` again, with `application_role`:", migrate(ROLE))
    #> `DBOS.migrate` again, with `application_role`: done
    print("tables, the role has rights, False:", launch(APP, False))
    #> tables, the role has rights, False: done
    print("tables, the role has rights, True:", launch(APP, True))
    #> tables, the role has rights, True: done
    sql("UPDATE shop.dbos_migrations SET version = version - 1")
    print("tables of an older dbos, False:", launch(APP, False))
    #> tables of an older dbos, False: DBOSInitializationError
    print("tables of an older dbos, the role with True:", launch(APP, True))
    #> tables of an older dbos, the role with True: InsufficientPrivilege
    print(
        "`DBOS.migrate`, then the role with False:",
        migrate() + ", " + launch(APP, False),
    )
    #> `DBOS.migrate`, then the role with False: done, done
    sql("UPDATE shop.dbos_migrations SET version = version + 1")
    print("tables of a newer dbos, False:", launch(APP, False))
    #> tables of a newer dbos, False: done
    print("a role that is not there, as `application_role`:", migrate("nobody_else"))
    #> a role that is not there, as `application_role`: UndefinedObject
    print("two migrations and a launch at once:", at_once())
    #> two migrations and a launch at once: done, done, launch done
    sql(f'DROP OWNED BY "{ROLE}"', f'DROP ROLE "{ROLE}"')
    new = sqlalchemy.make_url(OWNER).set(database=f"{DATABASE}_new")
    NEW = new.render_as_string(hide_password=False)
    print("no database, False:", launch(NEW, False))
    #> no database, False: OperationalError
    print("no database, True, by a role that may make one:", launch(NEW, True))
    #> no database, True, by a role that may make one: done
    sql(f'DROP DATABASE "{DATABASE}_new"')
    engine.dispose()

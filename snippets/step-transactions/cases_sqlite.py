"""What SQLite takes back when the function of a transaction raises."""
# expect: ok
# database: own - SQLite begins a transaction before some statements only

from contextlib import suppress

from dbos import DBOS, DBOSConfig, SQLAlchemyDatasource
from sqlalchemy import inspect, text

bank = SQLAlchemyDatasource.create("sqlite:///bank.sqlite")
INSERT = "INSERT INTO deposits (amount) VALUES (100)"
WITH = "WITH paid AS (SELECT 100) INSERT INTO deposits SELECT * FROM paid"


@bank.transaction()
def run(*statements: str) -> None:
    for statement in statements:
        bank.sql_session().execute(text(statement))
    raise ValueError("the account is closed")


@DBOS.workflow()
def pay_in(*statements: str) -> None:
    run(*statements)


def left(*statements: str) -> str:
    with bank.engine.begin() as connection:
        connection.execute(text("DELETE FROM deposits"))
    with suppress(ValueError):
        pay_in(*statements)
    with bank.engine.begin() as connection:
        count = connection.execute(text("SELECT count(*) FROM deposits")).scalar_one()
    return f"new rows {count}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": "sqlite:///dbos.sqlite",
        "log_level": "CRITICAL",
    }
    with bank.engine.begin() as connection:
        connection.execute(text("CREATE TABLE deposits (amount INTEGER)"))
    DBOS(config=config)
    DBOS.launch()
    print("it raises after `INSERT`:", left(INSERT))
    #> it raises after `INSERT`: new rows 0
    print("it raises after `WITH … INSERT`:", left(WITH))
    #> it raises after `WITH … INSERT`: new rows 1
    print("it raises after `INSERT`, then `WITH … INSERT`:", left(INSERT, WITH))
    #> it raises after `INSERT`, then `WITH … INSERT`: new rows 0
    with suppress(ValueError):
        pay_in("CREATE TABLE notes (text TEXT)")
    tables = inspect(bank.engine).get_table_names()
    print("it raises after `CREATE TABLE`, there is the table:", "notes" in tables)
    #> it raises after `CREATE TABLE`, there is the table: True
    DBOS.destroy()

"""Ten deposits at once, on a balance that begins with 0."""
# expect: ok
# databases: SQLite reads before the first write outside the transaction

import os
import threading
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SQLAlchemyDatasource
from sqlalchemy import text

DATABASE = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///dbos.sqlite")
BANK = DATABASE if DATABASE.startswith("postgresql") else "sqlite:///bank.sqlite"
bank = SQLAlchemyDatasource.create(BANK)
READ = text("SELECT amount FROM balance")
WRITE = text("UPDATE balance SET amount = :amount")
ADD = text("UPDATE balance SET amount = amount + 1")
ran: list[int] = []
all_have_read = threading.Barrier(10)


def read_then_write() -> None:
    ran.append(1)
    first = len(ran) <= 10  # A repeated run waits for nobody.
    amount = bank.sql_session().execute(READ).scalar_one()
    if first:
        all_have_read.wait(10)
    bank.sql_session().execute(WRITE, {"amount": amount + 1})


def add_in_sql() -> None:
    ran.append(1)
    bank.sql_session().execute(ADD)


def write_then_read() -> None:
    ran.append(1)
    bank.sql_session().execute(ADD)
    amount = bank.sql_session().execute(READ).scalar_one()
    bank.sql_session().execute(WRITE, {"amount": amount})


@DBOS.workflow()
def pay_in(deposit: Callable[[], None], level: Any) -> None:
    bank.run_tx_step({"isolation_level": level}, deposit)


def sql(statement: str) -> int:
    with bank.engine.begin() as connection:
        result = connection.execute(text(statement))
        return result.scalar_one() if result.returns_rows else 0


def ten(deposit: Callable[[], None], level: str | None = None) -> str:
    """Pays in ten times at once."""
    ran.clear()
    sql("UPDATE balance SET amount = 0")
    runs = [DBOS.start_workflow(pay_in, deposit, level) for _ in range(10)]
    try:
        for run in runs:
            run.get_result()
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:44]}"
    return f"the balance is {sql('SELECT amount FROM balance')}"


def repeated() -> str:
    return "10 runs" if len(ran) == 10 else "more than 10 runs"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": DATABASE,
        "log_level": "CRITICAL",
    }
    sql("CREATE TABLE balance (amount INTEGER)")
    sql("INSERT INTO balance VALUES (0)")
    DBOS(config=config)
    DBOS.launch()
    print("ten transactions read, then write:", ten(read_then_write))
    print("runs of these ten:", repeated())
    print("ten under READ COMMITTED:", ten(read_then_write, "READ COMMITTED"))
    print("ten transactions add in SQL:", ten(add_in_sql))
    print("ten transactions write, then read:", ten(write_then_read))
    DBOS.destroy()

"""Transactions of two processes that write one file of SQLite."""
# expect: ok
# database: own - two processes write one file

import subprocess
import sys
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SQLAlchemyDatasource
from sqlalchemy import text

bank = SQLAlchemyDatasource.create(f"sqlite:///{Path.cwd() / 'bank.sqlite'}")
WRITTEN, GO_ON = Path("written"), Path("go-on")
SYSTEMS = {"first": "sqlite:///first.sqlite", "second": "sqlite:///second.sqlite"}


@bank.transaction()
def deposit(process: str) -> None:
    bank.sql_session().execute(text("UPDATE balance SET amount = amount + 1"))
    if process == "first":
        WRITTEN.touch()
        await_file(GO_ON)


@DBOS.workflow()
def pay_in(process: str) -> None:
    deposit(process)


def await_file(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def launch(process: str) -> None:
    config: DBOSConfig = {
        "name": process,
        "system_database_url": SYSTEMS[process],
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()


def sql(statement: str) -> int:
    with bank.engine.begin() as connection:
        result = connection.execute(text(statement))
        return result.scalar_one() if result.returns_rows else 0


if __name__ == "__main__" and len(sys.argv) > 1:
    launch("first")
    pay_in("first")
    DBOS.destroy()
elif __name__ == "__main__":
    sql("CREATE TABLE balance (amount INTEGER)")
    sql("INSERT INTO balance VALUES (0)")
    first = subprocess.Popen([sys.executable, __file__, "first"])
    await_file(WRITTEN)
    launch("second")
    handle = DBOS.start_workflow(pay_in, "second")
    # Longer than sqlite3 waits by itself, five seconds.
    time.sleep(6)
    early = handle.get_status().status
    GO_ON.touch()
    handle.get_result()
    late = handle.get_status().status
    print("the second transaction, while the first one is open:", early)
    #> the second transaction, while the first one is open: PENDING
    print("the second transaction, when the first one has ended:", late)
    #> the second transaction, when the first one has ended: SUCCESS
    print("the exit code of the first process:", first.wait())
    #> the exit code of the first process: 0
    print("the balance, 0 before:", sql("SELECT amount FROM balance"))
    #> the balance, 0 before: 2
    DBOS.destroy()

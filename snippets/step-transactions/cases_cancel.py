"""What becomes of a deposit when its workflow is cancelled after it."""
# expect: ok

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, SQLAlchemyDatasource, error
from sqlalchemy import text

DATABASE = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///dbos.sqlite")
BANK = DATABASE if DATABASE.startswith("postgresql") else "sqlite:///bank.sqlite"
SCHEMA = "dbos" if DATABASE.startswith("postgresql") else "main"
bank = SQLAlchemyDatasource.create(BANK)
INSERT = text("INSERT INTO deposits (account) VALUES (:account)")
ran: list[str] = []
paid, cancelled = threading.Event(), threading.Event()


@bank.transaction()
def deposit(account: str) -> None:
    ran.append(account)
    bank.sql_session().execute(INSERT, {"account": account})


@DBOS.step()
def thank(account: str) -> None:
    paid.set()
    cancelled.wait(10)


@DBOS.workflow()
def pay_in(account: str) -> None:
    deposit(account)
    thank(account)


def sql(statement: str) -> int:
    with bank.engine.begin() as connection:
        result = connection.execute(text(statement))
        return result.scalar_one() if result.returns_rows else 0


def count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def outcome(call: Callable[[str], None], account: str) -> str:
    """Says how often the deposit ran, and what it left in the tables."""
    ran.clear()
    sql("DELETE FROM deposits")
    call(account)
    rows = sql("SELECT count(*) FROM deposits")
    entries = sql(f"SELECT count(*) FROM {SCHEMA}.datasource_outputs")
    counts = count(len(ran), "run"), count(rows, "new row"), count(entries, "note")
    return ", ".join(counts)


def start(account: str) -> None:
    with SetWorkflowID(account):
        pay_in(account)


def cancel_after_deposit(account: str) -> None:
    paid.clear()
    cancelled.clear()
    with SetWorkflowID(account):
        handle = DBOS.start_workflow(pay_in, account)
    paid.wait(10)
    DBOS.cancel_workflow(account)
    cancelled.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        handle.get_result()


def resume(account: str) -> None:
    DBOS.resume_workflow(account).get_result()


def cancel_delete_start(account: str) -> None:
    cancel_after_deposit(account)
    sql("DELETE FROM deposits")
    ran.clear()
    DBOS.delete_workflow(account)
    start(account)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": DATABASE,
        "log_level": "CRITICAL",
    }
    sql("CREATE TABLE deposits (account TEXT)")
    DBOS(config=config)
    DBOS.launch()
    print("cancelled after the deposit:", outcome(cancel_after_deposit, "cid"))
    #> cancelled after the deposit: 1 run, 1 new row, 1 note
    print("resumed after the cancel:", outcome(resume, "cid"))
    #> resumed after the cancel: 0 runs, 0 new rows, 0 notes
    print("cancelled, deleted, called again:", outcome(cancel_delete_start, "dan"))
    #> cancelled, deleted, called again: 0 runs, 0 new rows, 0 notes
    DBOS.destroy()

"""The 2.x decorator of a transaction is gone."""
# expect: raises AttributeError
# types: missing-attribute - the wrong way is an attribute that dbos 3 lacks

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, SQLAlchemyDatasource
from sqlalchemy import event, text
from sqlalchemy.orm import Session

CRASHED = Path("crashed")
DATABASE = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///dbos.sqlite")
BANK = DATABASE if DATABASE.startswith("postgresql") else "sqlite:///bank.sqlite"
INSERT = text("INSERT INTO deposits (account, amount) VALUES (:account, :amount)")


# --8<-- [start:rule]
bank = SQLAlchemyDatasource.create(BANK)


@DBOS.transaction()
def deposit(account: str, amount: int) -> None:
    DBOS.sql_session.execute(INSERT, {"account": account, "amount": amount})


@DBOS.workflow()
def pay_in(account: str, amount: int) -> None:
    deposit(account, amount)


# --8<-- [end:rule]


@event.listens_for(Session, "after_commit")
def die_after_commit(session: Session) -> None:
    """Kills the process when the deposit is committed and DBOS does not know yet."""
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": DATABASE,
        "log_level": "ERROR",
    }
    with bank.engine.begin() as connection:
        columns = "account TEXT, amount INTEGER"
        connection.execute(text(f"CREATE TABLE IF NOT EXISTS deposits ({columns})"))
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("deposit-1"):
        pay_in("ada", 100)
    with bank.engine.begin() as connection:
        amounts = connection.execute(text("SELECT amount FROM deposits")).scalars()
        print("deposits:", list(amounts))
    DBOS.destroy()

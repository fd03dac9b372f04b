"""What becomes of a deposit when its workflow ends, fails or runs again."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, SQLAlchemyDatasource
from sqlalchemy import inspect, text

DATABASE = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///dbos.sqlite")
BANK = DATABASE if DATABASE.startswith("postgresql") else "sqlite:///bank.sqlite"
SCHEMA = "dbos" if DATABASE.startswith("postgresql") else "main"
bank = SQLAlchemyDatasource.create(BANK)
INSERT = text("INSERT INTO deposits (account) VALUES (:account)")
ran: list[str] = []


@bank.transaction()
def deposit(account: str) -> None:
    ran.append(account)
    bank.sql_session().execute(INSERT, {"account": account})
    if account == "bob":
        raise ValueError("the account is closed")


@DBOS.workflow()
def pay_in(account: str) -> None:
    deposit(account)


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
    try:
        call(account)
        end = ""
    except Exception as failure:
        end = f", {type(failure).__name__}"
    rows = sql("SELECT count(*) FROM deposits")
    entries = sql(f"SELECT count(*) FROM {SCHEMA}.datasource_outputs")
    counts = count(len(ran), "run"), count(rows, "new row"), count(entries, "note")
    return f"{', '.join(counts)}{end}"


def start(account: str) -> None:
    with SetWorkflowID(account):
        pay_in(account)


def fork(account: str) -> None:
    DBOS.fork_workflow(account, 1).get_result()


def rewind(account: str) -> None:
    DBOS.rewind_workflow(account, start_step=1).get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": DATABASE,
        "log_level": "CRITICAL",
    }
    names = sorted(inspect(bank.engine).get_table_names(SCHEMA))
    tables = [name for name in names if "datasource" in name]
    print("tables that `create` makes:", ", ".join(tables))
    #> tables that `create` makes: datasource_outputs, dbos_datasource_migrations
    sql("CREATE TABLE deposits (account TEXT)")
    DBOS(config=config)
    DBOS.launch()
    print("the workflow ends:", outcome(start, "ada"))
    #> the workflow ends: 1 run, 1 new row, 0 notes
    print("called again under its id:", outcome(start, "ada"))
    #> called again under its id: 0 runs, 0 new rows, 0 notes
    print("forked from its first step:", outcome(fork, "ada"))
    #> forked from its first step: 1 run, 1 new row, 0 notes
    print("rewound to its first step:", outcome(rewind, "ada"))
    #> rewound to its first step: 1 run, 1 new row, 0 notes
    print("the transaction raises:", outcome(start, "bob"))
    #> the transaction raises: 1 run, 0 new rows, 0 notes, ValueError
    print("called outside a workflow:", outcome(deposit, "eve"))
    #> called outside a workflow: 1 run, 1 new row, 0 notes
    DBOS.destroy()

"""What a new run under a deleted id finds of the old one."""
# expect: ok
# since: 3.4

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowID, SQLAlchemyDatasource, error
from sqlalchemy import create_engine, text

DATABASE = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///checkout.sqlite")
BANK = DATABASE if DATABASE.startswith("postgresql") else "sqlite:///bank.sqlite"
deposited, go_on = threading.Event(), threading.Event()
packed: list[str] = []
bank = SQLAlchemyDatasource.create(BANK)


@bank.transaction()
def deposit(account: str) -> None:
    insert = text("INSERT INTO deposits (account) VALUES (:account)")
    bank.sql_session().execute(insert, {"account": account})


@DBOS.workflow()
def pay_in(account: str) -> None:
    deposit(account)
    deposited.set()
    go_on.wait()


@DBOS.workflow()
def ship(order: str) -> str:
    return pack(order)


@DBOS.workflow()
def pack(order: str) -> str:
    packed.append(order)
    return f"parcel {len(packed)}"


def cancel_after_transaction(account: str) -> None:
    with SetWorkflowID(account):
        run = DBOS.start_workflow(pay_in, account)
    deposited.wait()
    DBOS.cancel_workflow(account)
    go_on.set()
    try:
        run.get_result()
    except error.DBOSAwaitedWorkflowCancelledError:
        pass


def delete_and_start(account: str) -> str:
    DBOS.delete_workflow(account)
    with SetWorkflowID(account):
        pay_in(account)
    with engine.connect() as connection:
        count = text("SELECT count(*) FROM deposits WHERE account = :account")
        rows = connection.execute(count, {"account": account}).scalar()
    return f"{rows} deposits of both runs"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": DATABASE,
        "log_level": "CRITICAL",
    }
    engine = create_engine(BANK.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE deposits (account TEXT)"))
    DBOS(config=config)
    DBOS.launch()
    parcels: list[str] = []
    for children_too in (False, False, True):
        DBOS.delete_workflow("order-1", delete_children=children_too)
        with SetWorkflowID("order-1"):
            parcels.append(ship("order-1"))
    cancel_after_transaction("ada")
    with SetWorkflowID("ben"):
        pay_in("ben")
    cut_off, finished = delete_and_start("ada"), delete_and_start("ben")
    print("a first run, with a child:", parcels[0])
    #> a first run, with a child: parcel 1
    print("deleted without its child, started again:", parcels[1])
    #> deleted without its child, started again: parcel 1
    print("deleted with `delete_children=True`, started again:", parcels[2])
    #> deleted with `delete_children=True`, started again: parcel 2
    print("cancelled after a transaction, deleted, started again:", cut_off)
    #> cancelled after a transaction, deleted, started again: 1 deposits of both runs
    print("finished, deleted, started again:", finished)
    #> finished, deleted, started again: 2 deposits of both runs
    engine.dispose()
    DBOS.destroy()

"""A step takes the number from a database, and a replay reads it from the record."""
# expect: ok

import os
import sqlite3
from contextlib import closing

from dbos import DBOS, DBOSConfig, SetWorkflowID

TABLE = "create table if not exists invoice (number integer primary key, name unique)"


# --8<-- [start:rule]
@DBOS.step()
def take_number(order: str) -> int:
    insert = "insert or ignore into invoice (name) values (?)"
    select = "select number from invoice where name = ?"
    with closing(sqlite3.connect("invoices.db")) as database:
        with database:
            database.execute(insert, (order,))
        row = database.execute(select, (order,)).fetchone()
    return int(row[0])


@DBOS.workflow()
def invoice(order: str) -> str:
    number = take_number(order)
    return f"invoice {number} for {order}"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    with closing(sqlite3.connect("invoices.db")) as database:
        database.execute(TABLE)
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print("run:   ", invoice("order-1"))
        #> run:    invoice 1 for order-1
    print("replay:", DBOS.fork_workflow("order-1", start_step=2).get_result())
    #> replay: invoice 1 for order-1
    DBOS.destroy()

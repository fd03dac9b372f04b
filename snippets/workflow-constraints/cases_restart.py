"""A global variable starts over with each process, in a step too."""
# expect: crash

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
TABLE = "create table if not exists invoice (number integer primary key, name unique)"
last_number = 0


@DBOS.step()
def count_in_global() -> int:
    global last_number
    last_number += 1
    return last_number


@DBOS.step()
def count_in_database(order: str) -> int:
    insert = "insert or ignore into invoice (name) values (?)"
    select = "select number from invoice where name = ?"
    with closing(sqlite3.connect("invoices.db")) as database:
        with database:
            database.execute(insert, (order,))
        return int(database.execute(select, (order,)).fetchone()[0])


@DBOS.workflow()
def number(order: str) -> tuple[int, int]:
    return count_in_global(), count_in_database(order)


def numbers(order: str) -> tuple[int, int]:
    with SetWorkflowID(order):
        return number(order)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    with closing(sqlite3.connect("invoices.db")) as database:
        database.execute(TABLE)
    DBOS(config=config)
    DBOS.launch()
    first = numbers("order-1")
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    second = numbers("order-2")
    print("a step counts a global, before and after a restart:", first[0], second[0])
    print("a step asks the database, before and after:", first[1], second[1])
    again = count_in_database("order-1")
    print("the database, asked again for the first order:", again)
    DBOS.destroy()

"""How many connections a process has, as the database counts them."""
# expect: ok
# needs: postgres - SQLite has no connections to count

import os
import threading
import time

import sqlalchemy
from dbos import DBOS, DBOSClient, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
engine = sqlalchemy.create_engine(
    URL.replace("postgresql:", "postgresql+psycopg:"),
    poolclass=sqlalchemy.pool.NullPool,
)
COUNT = sqlalchemy.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
LOCK = sqlalchemy.text("LOCK TABLE dbos.workflow_status")
together = threading.Barrier(30)


@DBOS.workflow()
def pay() -> None:
    pass


@DBOS.step()
def pack() -> None:
    together.wait(60)  # Until all thirty are here.


@DBOS.workflow()
def deliver() -> None:
    pack()


@DBOS.workflow()
def wait() -> str:
    return DBOS.recv("go", timeout_seconds=60)


def count() -> int:
    with engine.connect() as connection:
        return connection.execute(COUNT).scalar_one()


def settled(expected: int) -> int:
    """Counts, when the number has been as expected or some seconds are over."""
    give_up = time.monotonic() + 5
    while count() != expected and time.monotonic() < give_up:
        time.sleep(0.01)
    return count()


def launch(pool_size: int = 0, use_listen_notify: bool = True) -> None:
    DBOS.destroy()
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "use_listen_notify": use_listen_notify,
        "log_level": "CRITICAL",
    }
    if pool_size:
        config["sys_db_pool_size"] = pool_size
    DBOS(config=config)
    DBOS.launch()


def most(expected: int, pool_size: int = 0, use_listen_notify: bool = True) -> int:
    """Counts while thirty workflows begin and the database answers none of them."""
    launch(pool_size, use_listen_notify)
    payments = [threading.Thread(target=pay) for _ in range(30)]
    with engine.begin() as slow:
        slow.execute(LOCK)
        for payment in payments:
            payment.start()
        seen = settled(expected + 1) - 1
    for payment in payments:
        payment.join()
    return seen


if __name__ == "__main__":
    DBOS.migrate(URL)
    print("after `DBOS.migrate`:", settled(0))
    #> after `DBOS.migrate`: 0
    print("thirty calls at once, a pool of 20, the default:", most(21))
    #> thirty calls at once, a pool of 20, the default: 21
    print("thirty calls at once, `sys_db_pool_size` 5:", most(6, pool_size=5))
    #> thirty calls at once, `sys_db_pool_size` 5: 6
    polling = most(5, pool_size=5, use_listen_notify=False)
    print("the same, `use_listen_notify` False:", polling)
    #> the same, `use_listen_notify` False: 5
    launch(pool_size=3)
    handles = [DBOS.start_workflow(deliver) for _ in range(30)]
    for handle in handles:
        handle.get_result()
    print("thirty in a step at a time, a pool of 3:", f"all end, {count()} connections")
    #> thirty in a step at a time, a pool of 3: all end, 4 connections
    waiting = [DBOS.start_workflow(wait) for _ in range(30)]
    for each in waiting:
        DBOS.send(each.workflow_id, "now", "go")
    went = [each.get_result() for each in waiting].count("now")
    print("thirty wait for a message, a pool of 3:", f"{went} get it")
    #> thirty wait for a message, a pool of 3: 30 get it
    DBOS.destroy()
    print("after `DBOS.destroy`:", settled(0))
    #> after `DBOS.destroy`: 0
    client = DBOSClient(system_database_url=URL)
    client.list_workflows()
    print("a client after a call:", count())
    #> a client after a call: 1
    client.destroy()
    print("a client that is destroyed:", settled(0))
    #> a client that is destroyed: 0

"""Two processes write to one file at the same time, from four threads each."""
# expect: ok
# database: own - it shows how the file of SQLite is locked

import logging
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig

FILE = Path.cwd() / "shop.sqlite"
SHOPS = ("shop-1", "shop-2")
THREADS, ORDERS = 4, 10
RUNS = 2 * len(SHOPS) * THREADS * ORDERS  # A call and a job for each order.


@DBOS.step()
def charge(order: int) -> int:
    return order


@DBOS.workflow()
def pay(order: int) -> int:
    return charge(order)


def note(name: str, text: str) -> None:
    with Path(name).open("a") as lines:
        lines.write(f"{text.splitlines()[0]}\n")


def noted(name: str) -> int:
    return Path(name).read_text().count("\n") if Path(name).exists() else 0


def notice(record: logging.LogRecord) -> bool:
    """Notes what DBOS logs, and shows nothing."""
    note("logged", record.getMessage())
    return False


def launch(executor_id: str) -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": f"sqlite:///{FILE}",
        "executor_id": executor_id,
        "application_version": "1",  # All may work off the queue.
        "notification_listener_polling_interval_sec": 0.01,  # Shortens the ends.
        "log_level": "WARNING",
    }
    DBOS(config=config)
    logging.getLogger("dbos").addFilter(notice)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)


def succeeded() -> int:
    return len(DBOS.list_workflows(status="SUCCESS", load_input=False))


def write() -> None:
    """Is one of the threads."""
    for order in range(ORDERS):
        try:
            pay(order)
            DBOS.enqueue_workflow("orders", pay, order)
        except Exception as failure:
            note("raised", repr(failure))


def work(shop: str) -> None:
    """Is one of the processes, and writes when both are there."""
    launch(shop)
    Path(shop).touch()
    while not all(Path(each).exists() for each in SHOPS):
        time.sleep(0.01)
    for _ in range(THREADS):
        threading.Thread(target=write).start()
    while succeeded() < RUNS and not noted("raised"):
        time.sleep(0.1)
    DBOS.destroy()


def impatient(processes: list[subprocess.Popen[bytes]]) -> str:
    """What a connection that does not wait gets, once, while the others write."""
    with sqlite3.connect(FILE, timeout=0, isolation_level=None) as connection:
        while any(process.poll() is None for process in processes):
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.OperationalError as failure:
                return str(failure)
            time.sleep(0.01)
    return "no error"


if __name__ == "__main__" and sys.argv[1:]:
    work(sys.argv[1])
elif __name__ == "__main__":
    launch("first")  # Makes the file.
    DBOS.destroy()
    processes = [subprocess.Popen([sys.executable, __file__, shop]) for shop in SHOPS]
    refused = impatient(processes)
    for process in processes:
        process.wait()
    launch("last")
    print("80 calls and 80 jobs of 2 processes at once, SUCCESS:", succeeded())
    #> 80 calls and 80 jobs of 2 processes at once, SUCCESS: 160
    DBOS.destroy()
    print("errors that these calls raise:", noted("raised"))
    #> errors that these calls raise: 0
    print("warnings and errors that DBOS logs meanwhile:", noted("logged"))
    #> warnings and errors that DBOS logs meanwhile: 0
    print("a connection of yours with `timeout=0` meanwhile:", refused)
    #> a connection of yours with `timeout=0` meanwhile: database is locked

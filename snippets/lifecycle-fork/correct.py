"""The copy launches after `os.fork`, and what it starts runs."""
# expect: ok

import multiprocessing
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
COPY, SHIPPED = Path("copy.pid"), Path("shipped")


@DBOS.step()
def ship(order: str) -> None:
    SHIPPED.write_text(order)


@DBOS.workflow()
def checkout(order: str) -> None:
    ship(order)


def launch(executor_id: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "executor_id": executor_id,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    time.sleep(1)  # By then, a thread of the pool is idle: the one that recovers.


def answer() -> None:
    """What the copy does for a request."""
    COPY.write_text(str(os.getpid()))
    DBOS.start_workflow(checkout, "order-1").get_result()
    DBOS.destroy()
    os._exit(0)


# --8<-- [start:rule]
def serve() -> None:
    if os.fork() == 0:
        launch("web-1")
        answer()
    os.wait()


# --8<-- [end:rule]


def serve_and_end() -> None:
    serve()
    os._exit(0)


if __name__ == "__main__":
    server = multiprocessing.get_context("fork").Process(target=serve_and_end)
    server.start()
    while not COPY.exists():
        time.sleep(0.01)
    deadline = time.monotonic() + 3
    while not SHIPPED.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    if not SHIPPED.exists():  # The copy waits for ever, or a call in it has failed.
        with suppress(ProcessLookupError):
            os.kill(int(COPY.read_text()), signal.SIGKILL)
    server.join()
    print("order-1 is shipped:", SHIPPED.exists())
    #> order-1 is shipped: True

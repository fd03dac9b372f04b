"""What a second start under the id of a recovered run does."""
# expect: crash

import logging
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
warnings: list[str] = []


class Collector(logging.Handler):
    """Keeps dbos' warnings."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.WARNING:
            warnings.append(record.getMessage())


@DBOS.step()
def charge(order: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def checkout(order: str) -> str:
    charge(order)
    return f"{order} is paid"


def start(order: str) -> str:
    with SetWorkflowID(order):
        return checkout(order)


if __name__ == "__main__":
    DBOS.logger.addHandler(Collector())
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
    }
    DBOS(config=config)
    DBOS.launch()
    if CRASHED.exists():
        # Recovery has the run before the second start comes.
        DBOS.retrieve_workflow("order-1").get_result()
    result = start("order-1")
    warned = [line.partition(", but")[0] for line in warnings]
    print("started again after its recovery:", result)
    print("the warning of that start:", *warned)
    DBOS.destroy()

"""Which errors of a step are in dbos' log, with the text of their causes."""
# expect: ok

import logging
import os
import traceback
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig

logged: list[str] = []


class Listener(logging.Handler):
    """It keeps what dbos logs, as the formatter of a log file writes it."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            logged.extend(traceback.format_exception(record.exc_info[1]))


@DBOS.step(retries_allowed=True, max_attempts=2, interval_seconds=0)
def retried() -> None:
    raise ConnectionError("no answer from https://shop?token=secret-retried")


@DBOS.step()
def replaced() -> None:
    try:
        raise ConnectionError("no answer from https://shop?token=secret-replaced")
    except ConnectionError as error:
        raise ValueError("no answer") from error


@DBOS.step()
def cut() -> None:
    try:
        raise ConnectionError("no answer from https://shop?token=secret-cut")
    except ConnectionError:
        raise ValueError("no answer") from None


STEPS: dict[str, Callable[[], None]] = {
    "retried": retried,
    "replaced": replaced,
    "cut": cut,
}


@DBOS.workflow()
def order(step: str) -> None:
    STEPS[step]()


def in_log(secret: str) -> str:
    return "as text" if any(secret in line for line in logged) else "not found"


if __name__ == "__main__":
    logging.getLogger("dbos").addHandler(Listener())
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
    }
    DBOS(config=config)
    DBOS.launch()
    with suppress(Exception):
        order("retried")
    print("the error of a retried step, its workflow called:", in_log("secret-retried"))
    #> the error of a retried step, its workflow called: as text
    for step in ("replaced", "cut"):
        with suppress(ValueError):
            DBOS.start_workflow(order, step).get_result()
    DBOS.destroy(workflow_completion_timeout_sec=10)  # Now the log is complete.
    print("an error that another one replaces:", in_log("secret-replaced"))
    #> an error that another one replaces: as text
    print("the same, replaced `from None`:", in_log("secret-cut"))
    #> the same, replaced `from None`: not found

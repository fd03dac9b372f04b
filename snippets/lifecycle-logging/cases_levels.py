"""Which lines the levels let through, and which lines dbos writes."""
# expect: ok

import logging
import os
from contextlib import suppress

from dbos import DBOS, DBOSClient, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
dbos = logging.getLogger("dbos")
got: list[logging.LogRecord] = []


class Own(logging.Handler):
    """A handler of the application."""

    def emit(self, record: logging.LogRecord) -> None:
        got.append(record)


@DBOS.step(retries_allowed=True, interval_seconds=0, max_attempts=2)
def charge() -> None:
    raise ConnectionError


@DBOS.workflow()
def order() -> None:
    charge()


@DBOS.step()
def pack() -> None:
    DBOS.logger.warning("packed")


@DBOS.workflow()
def deliver() -> None:
    DBOS.logger.warning("delivery begins")
    pack()
    DBOS.sleep(0.01)


def construct(log_level: str = "", console_log_level: str = "") -> str:
    DBOS.destroy()
    config: DBOSConfig = {"name": "shop", "system_database_url": URL}
    if log_level:
        config["log_level"] = log_level
    if console_log_level:
        config["console_log_level"] = console_log_level
    got.clear()
    try:
        DBOS(config=config)
    except ValueError as error:
        return f"ValueError: {error}"
    return "constructed"


def launch(log_level: str = "", console_log_level: str = "") -> str:
    construct(log_level, console_log_level)
    DBOS.launch()
    return ", ".join(sorted({record.levelname for record in got})) or "no line"


def lines() -> str:
    texts = [f"{r.levelname}{' traceback' * bool(r.exc_info)}" for r in got]
    got.clear()
    return ", ".join(texts) or "no line"


if __name__ == "__main__":
    handlers = len(dbos.handlers)
    client = DBOSClient(system_database_url=URL)
    client.destroy()
    added = len(dbos.handlers) - handlers
    print("handlers that a client adds:", f"{added}, propagate {dbos.propagate}")
    #> handlers that a client adds: 0, propagate True
    dbos.addHandler(Own())
    dbos.setLevel("ERROR")
    print("a launch without `log_level`, `dbos` at ERROR before:", launch())
    #> a launch without `log_level`, `dbos` at ERROR before: INFO
    print("a launch with `log_level` DEBUG:", launch(log_level="DEBUG"))
    #> a launch with `log_level` DEBUG: DEBUG, INFO
    print("a launch with `log_level` WARNING:", launch(log_level="WARNING"))
    #> a launch with `log_level` WARNING: no line
    print("`log_level` in small letters:", construct(log_level="warning"))
    #> `log_level` in small letters: ValueError: Unknown level: 'warning'
    launch(log_level="ERROR", console_log_level="DEBUG")
    DBOS.logger.warning("refused")
    print("a warning at `log_level` ERROR, the console at DEBUG:", lines())
    #> a warning at `log_level` ERROR, the console at DEBUG: no line
    launch(log_level="WARNING", console_log_level="ERROR")
    DBOS.logger.warning("refused")
    print("a warning with the console at ERROR, in your handler:", lines())
    #> a warning with the console at ERROR, in your handler: WARNING
    with suppress(Exception):
        order()
    print("a called workflow fails, with one retry:", lines())
    #> a called workflow fails, with one retry: WARNING traceback
    with suppress(Exception):
        DBOS.start_workflow(order).get_result()
    # The line of the error comes after the result.
    DBOS.destroy(workflow_completion_timeout_sec=10)
    print("a started workflow fails, with one retry:", lines())
    #> a started workflow fails, with one retry: WARNING traceback, ERROR traceback
    launch(log_level="WARNING")
    handle = DBOS.start_workflow(deliver)
    handle.get_result()
    DBOS.fork_workflow(handle.workflow_id, 2).get_result()
    texts = [r.getMessage() for r in got]
    begun, packed = texts.count("delivery begins"), texts.count("packed")
    print("lines of a body and of a step, after a replay:", f"{begun}, {packed}")
    #> lines of a body and of a step, after a replay: 2, 1
    DBOS.destroy()

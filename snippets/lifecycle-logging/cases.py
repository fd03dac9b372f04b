"""Who gets a warning that is logged through dbos' logger."""
# expect: ok

import io
import logging
import os
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from logging.config import dictConfig

from dbos import DBOS, DBOSConfig

dbos, root = logging.getLogger("dbos"), logging.getLogger()
got: list[str] = []
stderr_texts: list[str] = []


class Own(logging.Handler):
    """A handler of the application."""

    def emit(self, record: logging.LogRecord) -> None:
        got.append(record.getMessage())


def nothing() -> None:
    pass


def quiet() -> None:
    dbos.addHandler(logging.NullHandler())


def own_on_dbos() -> None:
    dbos.addHandler(Own())


def pass_on() -> None:
    dbos.propagate = True


def replace() -> None:
    dbos.handlers.clear()
    pass_on()


def configure(**more: object) -> None:
    quiet()
    dictConfig({"version": 1, **more})


def root_at_error() -> None:
    quiet()
    root.setLevel("ERROR")


def seen(
    before: Callable[[], None] = nothing,
    after: Callable[[], None] = nothing,
    times: int = 1,
) -> str:
    """Counts what one warning makes, with `Own` on the root."""
    dbos.handlers.clear()
    dbos.propagate, dbos.disabled = True, False
    root.handlers[:] = [Own()]
    root.setLevel("WARNING")
    got.clear()
    with redirect_stderr(io.StringIO()) as err, redirect_stdout(io.StringIO()) as out:
        before()
        for _ in range(times):
            DBOS.destroy()
            DBOS(config=config)
        after()
        DBOS.logger.warning("refused")
    stderr_texts.append(err.getvalue().strip())
    on_stderr, on_stdout = err.getvalue(), out.getvalue()
    counts = [text.count("refused") for text in (on_stderr, on_stdout, " ".join(got))]
    return "stderr {}, stdout {}, root {}".format(*counts)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "WARNING",
    }
    print("a handler of your own on the root, no more:", seen())
    #> a handler of your own on the root, no more: stderr 1, stdout 0, root 0
    line = re.sub(r"^[\d:]+", "HH:MM:SS", stderr_texts[0])
    line = re.sub(r"[\w.]+:\d+\)", "file:line)", line)
    print("that line on stderr:", line)
    #> that line on stderr: HH:MM:SS [ WARNING] (dbos:file:line) refused
    print("constructed, destroyed, constructed:", seen(times=2))
    #> constructed, destroyed, constructed: stderr 1, stdout 0, root 0
    print("a `NullHandler` on `dbos` before the constructor:", seen(quiet))
    #> a `NullHandler` on `dbos` before the constructor: stderr 0, stdout 0, root 1
    print("a `NullHandler` on `dbos` after the constructor:", seen(after=quiet))
    #> a `NullHandler` on `dbos` after the constructor: stderr 1, stdout 0, root 0
    print("a handler on `dbos` and on the root, before it:", seen(own_on_dbos))
    #> a handler on `dbos` and on the root, before it: stderr 0, stdout 0, root 2
    print("`propagate = True`, after it:", seen(after=pass_on))
    #> `propagate = True`, after it: stderr 1, stdout 0, root 1
    print("the same, and dbos' handler removed:", seen(after=replace))
    #> the same, and dbos' handler removed: stderr 0, stdout 0, root 1
    print("the root's level ERROR, a `NullHandler`:", seen(root_at_error))
    #> the root's level ERROR, a `NullHandler`: stderr 0, stdout 0, root 1
    print("`dictConfig` after the import of dbos:", seen(configure))
    #> `dictConfig` after the import of dbos: stderr 0, stdout 0, root 0
    kindly = seen(partial(configure, disable_existing_loggers=False))
    print("the same, `disable_existing_loggers` False:", kindly)
    #> the same, `disable_existing_loggers` False: stderr 0, stdout 0, root 1
    named = seen(partial(configure, loggers={"dbos": {"level": "WARNING"}}))
    print("`dictConfig` that names `dbos` without handlers:", named)
    #> `dictConfig` that names `dbos` without handlers: stderr 1, stdout 0, root 0
    DBOS.destroy()

"""What of an exception is stored beside its arguments, and what cannot be."""
# expect: ok

import os
import threading
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID


class NamedError(Exception):
    """It has an argument that has to be named."""

    def __init__(self, *, order: str) -> None:
        super().__init__(order)


class BusyError(Exception):
    """It holds what cannot be stored."""

    def __init__(self, order: str) -> None:
        super().__init__(order)
        self.lock = threading.Lock()


def caused() -> Exception:
    error = LookupError("order-1")
    error.__cause__ = NamedError(order="order-1")
    return error


def noted() -> Exception:
    error = LookupError("order-1")
    error.add_note("asked twice")
    return error


MAKERS: dict[str, Callable[[], Exception]] = {
    "caused": caused,
    "noted": noted,
    "group": lambda: ExceptionGroup("two", [OSError(), NamedError(order="order-1")]),
    "busy": lambda: BusyError("order-1"),
}


@DBOS.step()
def fail(make: str) -> None:
    raise MAKERS[make]()


@DBOS.workflow()
def work(make: str) -> None:
    fail(make)


def raised(call: Callable[[], object]) -> str:
    try:
        call()
    except Exception as error:
        cause, notes = error.__cause__, getattr(error, "__notes__", [])
        parts = [type(error), *([type(cause)] if cause else [])]
        return " ".join([part.__name__ for part in parts] + notes)
    return "nothing"


def both(make: str) -> str:
    """What the run raises, and what is read back afterwards."""
    with SetWorkflowID(make):
        first = raised(lambda: work(make))
    again = raised(lambda: DBOS.retrieve_workflow(make).get_result())
    return f"{first}, then {again}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("an unreadable error as `__cause__`:", both("caused"))
    #> an unreadable error as `__cause__`: LookupError NamedError, then LookupError
    print("an error with a note:", both("noted"))
    #> an error with a note: LookupError asked twice, then LookupError asked twice
    print("a group with an unreadable error:", both("group"))
    #> a group with an unreadable error: ExceptionGroup, then TypeError
    print("an error that holds a lock:", both("busy"))
    #> an error that holds a lock: TypeError, then TypeError
    stored = len(DBOS.list_workflow_steps("busy"))
    print("recorded steps, when the step's error holds a lock:", stored)
    #> recorded steps, when the step's error holds a lock: 0
    DBOS.destroy()

"""Programs that raise the errors of docs/_hooks/errors.yml, each named by its anchor.

Run as a process of its own in an empty folder, because it launches DBOS and leaves
threads behind. It prints, by anchor, what each program raised and where.
"""

import asyncio
import importlib
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Coroutine, Iterator
from importlib.machinery import PathFinder
from typing import Any

from dbos import (
    DBOS,
    AsyncSQLAlchemyDatasource,
    DBOSClient,
    DBOSConfig,
    DebouncerClient,
    SQLAlchemyDatasource,
    WorkflowSerializationFormat,
    WorkflowStatusString,
    error,
)
from sqlalchemy import create_engine, event

Program = Callable[[], Any]
CONFIG: DBOSConfig = {
    "name": "provoked",
    "system_database_url": "sqlite:///provoked.sqlite",
    "log_level": "CRITICAL",
}
#: The class, for calls that a type checker refuses.
dbos: Any = DBOS
debouncer: Any = DebouncerClient
errors: Any = error
FUNCTIONS: Any = {"unnamed": lambda: 1}


def launch(**changes: Any) -> None:
    """Constructs and launches with a changed configuration; None leaves a key out."""
    config = {**CONFIG, **changes}
    dbos(config={key: value for key, value in config.items() if value is not None})
    DBOS.launch()


def client(name: str, **options: Any) -> Any:
    """A client, which makes no tables."""
    return DBOSClient(system_database_url=f"sqlite:///{name}.sqlite", **options)


def async_datasource(url: str) -> AsyncSQLAlchemyDatasource:
    """A datasource that no transaction uses."""
    return asyncio.run(AsyncSQLAlchemyDatasource.create(url))


bank = SQLAlchemyDatasource.create("sqlite:///bank.sqlite")
async_bank = async_datasource("sqlite+aiosqlite:///bank.sqlite")


@bank.transaction(isolation_level="READ COMMITTED")
def read_committed() -> None:
    """SQLite has no such level."""


@DBOS.step(retries_allowed=True, max_attempts=0)
def attempt() -> None:
    """May never be attempted."""


@DBOS.step()
def start() -> None:
    """Starts a workflow from a step."""
    DBOS.start_workflow(workflow, None)


@DBOS.step()
def sleep() -> None:
    """Sleeps in a step."""
    DBOS.sleep(1)


@DBOS.step()
def count() -> Iterator[int]:
    """Returns a generator."""
    return (number for number in [1])


@DBOS.workflow()
def workflow(function: Callable[[], Any] | None) -> str:
    """Calls the function."""
    if function:
        function()
    return "done"


@DBOS.workflow(serialization_type=WorkflowSerializationFormat.PORTABLE)
def refuse() -> None:
    """Fails, and its error is stored as JSON."""
    raise LookupError("lamp")


def read_back() -> None:
    """Reads the error of a portable workflow."""
    handle = DBOS.start_workflow(refuse)
    try:
        handle.get_result()
    except LookupError:
        DBOS.retrieve_workflow(handle.workflow_id).get_result()


def share_version() -> None:
    """Two applications of one version on one database."""
    shared = {"system_database_url": "sqlite:///shared.sqlite"}
    launch(**shared, application_version="1")
    DBOS.destroy()
    launch(**shared, application_version="1", name="other")


def hide_clock(connection: Any, *_: object) -> None:
    """SQLite without fractions of a second, as before 3.42: it answers NULL.

    Python 3.11 asks for whole seconds instead, with `strftime`.
    """
    for name in ("strftime", "unixepoch"):
        connection.create_function(name, -1, lambda *_: None)


def old_clock(tables_exist: bool) -> Program:
    """A launch with such an SQLite, or a workflow where the launch was another's."""

    def run() -> None:
        engine = create_engine("sqlite:///clock.sqlite")
        if not tables_exist:
            event.listen(engine, "checkout", hide_clock)
        launch(system_database_engine=engine)
        event.listen(engine, "checkout", hide_clock)
        workflow(None)

    return run


async def call_in_loop() -> None:
    """A synchronous call where an event loop runs."""
    DBOS.get_event("w", "key", 0)


async def await_plain() -> None:
    """An asynchronous start of a plain function."""
    handle = await dbos.start_workflow_async(workflow, None)
    await handle.get_result()


def running(coroutine: Callable[[], Coroutine[Any, Any, Any]]) -> Program:
    """The coroutine function as a program."""
    return lambda: asyncio.run(coroutine())


def without(package: str, program: Program) -> Program:
    """The program as it runs where that package is not installed."""
    finder: Any = PathFinder

    def run() -> None:
        find = finder.find_spec
        loaded = {name: sys.modules[name] for name in sys.modules if package in name}
        for name in loaded:
            del sys.modules[name]
        finder.find_spec = lambda name, *rest: (
            None if name == package else find(name, *rest)
        )
        try:
            program()
        finally:
            finder.find_spec = find
            sys.modules.update(loaded)

    return run


BEFORE_LAUNCH: dict[str, Program] = {
    "error-3-name": lambda: launch(name=None),
    "error-3-invalid-name": lambda: launch(name="Provoked"),
    "error-3-no-database-file": lambda: launch(
        system_database_url="sqlite:///absent.sqlite", run_migrations=False
    ),
    "application-version-is-already-registered-by-application-in-this-system-database"
    "-application": share_version,
    "integrityerror-version-timestamp": old_clock(tables_exist=False),
    "integrityerror-workflow-status": old_clock(tables_exist=True),
    "typeerror-fastapi": lambda: dbos(config=CONFIG, fastapi=None),
    "typeerror-config": lambda: dbos(),
    "dbos-new-got-an-unexpected-keyword-argument-flask": lambda: dbos(
        config=CONFIG, flask=None
    ),
    "dbosclient-init-got-an-unexpected-keyword-argument-database-url": lambda: client(
        "empty", database_url="sqlite:///empty.sqlite"
    ),
    "dbosclient-init-got-an-unexpected-keyword-argument-application-database-url": (
        lambda: client("empty", application_database_url="sqlite:///empty.sqlite")
    ),
    "typeerror-debounce-key": running(
        lambda: debouncer.debounce_async(None, deboucne_key="k", debounce_period_sec=1)
    ),
    "modulenotfounderror-opentelemetry": without(
        "opentelemetry.exporter",
        lambda: launch(enable_otlp=True, otlp_traces_endpoints=["http://localhost:1"]),
    ),
    "modulenotfounderror-aiosqlite": without(
        "aiosqlite", lambda: async_datasource("sqlite+aiosqlite:///bank.sqlite")
    ),
    "invalidrequesterror-async-driver": lambda: async_datasource("sqlite:///b.sqlite"),
    "operationalerror-queues": lambda: client("empty").list_queues(),
    "operationalerror-workflow-status": lambda: client("empty").list_workflows(),
}
AFTER_LAUNCH: dict[str, Program] = {
    "assertionerror-workflow-in-step": lambda: workflow(start),
    "assertionerror-max-attempts": lambda: workflow(attempt),
    "assertionerror-sleep-in-step": lambda: workflow(sleep),
    "assertionerror-sql-session": lambda: bank.sql_session(),
    "assertionerror-sql-session-async": lambda: async_bank.sql_session(),
    "assertionerror-reset-after-launch": lambda: DBOS.reset_system_database(),
    "typeerror-partition-queue": lambda: dbos.register_queue("q", partition_queue=True),
    "typeerror-priority-enabled": lambda: dbos.register_queue(
        "q", priority_enabled=True
    ),
    "attributeerror-scheduled": lambda: dbos.scheduled,
    "attributeerror-transaction": lambda: dbos.transaction,
    "attributeerror-sql-session": lambda: dbos.sql_session,
    "type-object-dbos-has-no-attribute-register-instance": lambda: (
        dbos.register_instance
    ),
    "module-dbos-error-has-no-attribute-dbosconflictingregistrationerror": lambda: (
        errors.DBOSConflictingRegistrationError
    ),
    "dbos-kafka-consumer-got-an-unexpected-keyword-argument-in-order": lambda: (
        dbos.kafka_consumer({}, [], in_order=True)
    ),
    "programmingerror-status": lambda: dbos.list_workflows(
        status=WorkflowStatusString.PENDING
    ),
    "modulenotfounderror-dbos-error": lambda: importlib.import_module("dbos.error"),
    "runtimeerror-event-loop": running(call_in_loop),
    "typeerror-await": running(await_plain),
    "picklingerror-lambda": lambda: workflow(FUNCTIONS["unnamed"]),
    "typeerror-pickle-lock": lambda: dbos.start_workflow(workflow, threading.Lock()),
    "typeerror-pickle-generator": lambda: workflow(count),
    "portableworkflowerror": read_back,
    "keyerror-workflow-name": lambda: client("provoked").enqueue({"queue_name": "q"}),
    "keyerror-queue-name": lambda: client("provoked").enqueue({"workflow_name": "w"}),
    "argumenterror-isolation-level": lambda: workflow(read_committed),
    "valueerror-isoformat": lambda: DBOS.list_workflows(start_time="yesterday"),
}


def raised(program: Program) -> list[str]:
    """What Python prints of the error, and the line of code that it shows last."""
    try:
        program()
    except Exception as error:
        printed = "".join(traceback.format_exception_only(error)).strip()
        return [printed, traceback.extract_tb(error.__traceback__)[-1].line or ""]
    return ["nothing was raised", ""]


if __name__ == "__main__":
    found = {}
    for anchor, program in BEFORE_LAUNCH.items():
        found[anchor] = raised(program)
        DBOS.destroy()
    launch()
    found |= {anchor: raised(program) for anchor, program in AFTER_LAUNCH.items()}
    print(json.dumps(found), flush=True)
    # The threads behind need no orderly end.
    os._exit(0)

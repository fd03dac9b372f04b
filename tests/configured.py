"""What a configuration key does, tried: one program a key, with what it has to see.

Each runs in a process and a folder of its own, on SQLite unless it asks for `URLS`: the
addresses of two databases on PostgreSQL, one of them empty.
"""

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from dbos import DBOS, SetWorkflowID, _scheduler
from dbos import _dbos as internals

Program = Callable[[], object]
#: By key: the program, and what it returns.
PROGRAMS: dict[str, tuple[Program, object]] = {}
URLS: dict[str, str] = {}
#: The keys whose programs ask for them.
NEED_POSTGRES = {
    "dbos_system_schema",
    "notification_coalesce_sec",
    "sys_db_idle_transaction_timeout_sec",
    "use_listen_notify",
}
#: The class, for configurations that a type checker refuses.
dbos: Any = DBOS


def sees(key: str, expected: object) -> Callable[[Program], Program]:
    """Enters a program for a key, with what it has to return."""

    def enter(program: Program) -> Program:
        PROGRAMS[key] = program, expected
        return program

    return enter


def launch(**changes: Any) -> Any:
    """Constructs and launches with some keys; gives dbos's own system database."""
    dbos(config={"name": "shop", "log_level": "CRITICAL"} | changes)
    DBOS.launch()
    return internals._get_dbos_instance()._sys_db


def outcome(call: Program) -> str:
    """What became of a call: `done`, or the class of its error."""
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return "done"


def relaunch(**changes: Any) -> str:
    """What became of a launch that is ended again."""
    try:
        return outcome(lambda: launch(**changes))
    finally:
        DBOS.destroy()


@DBOS.workflow()
def greet(name: str) -> str:
    """Ends at once."""
    return f"Hello, {name}"


@DBOS.workflow()
def receive() -> str:
    """Waits for a message, for five seconds."""
    return str(DBOS.recv(timeout_seconds=5))


@DBOS.workflow()
def publish(event: str) -> None:
    """Publishes an event."""
    DBOS.set_event(event, event)


@DBOS.workflow()
def parent(number: int) -> str:
    """Waits until all parents have begun, and then for a child."""
    BEGUN.wait()
    return DBOS.start_workflow(greet, str(number)).get_result()


@DBOS.workflow()
def thread_of_workflow() -> str:
    """Names the threads of a workflow and of its step."""
    return f"{thread()}, step {thread_of_step()}"


@DBOS.step()
def thread_of_step() -> str:
    """Names the thread of a step."""
    return thread()


@DBOS.workflow()
def scheduled(moment: datetime, context: object) -> None:
    """Is run by a schedule."""


BEGUN = threading.Barrier(2)


def thread() -> str:
    """Whether dbos' threads run this."""
    name = threading.current_thread().name
    return "of dbos" if name.startswith("dbos-executor") else "of the caller"


# Application and database


NAMES = {
    "": "refused",
    "ab": "refused",
    "abc": "accepted",
    "Shop": "refused",
    "my shop": "refused",
    "my-shop_2": "accepted",
    "2-shops": "accepted",
    "é-shop": "refused",
    "a" * 256: "accepted",
    "a" * 257: "refused",
}


@sees("name", NAMES)
def names() -> dict[str, str]:
    """Which names are accepted."""
    found = {}
    for name in NAMES:
        did = outcome(partial(dbos, config={"name": name, "log_level": "CRITICAL"}))
        DBOS.destroy()
        found[name] = {"done": "accepted", "DBOSInitializationError": "refused"}[did]
    return found


@sees(
    "system_database_url",
    ["_7_shop.sqlite", "_7shop.sqlite", "my_shop.sqlite", "shop.sqlite"],
)
def default_files() -> list[str]:
    """Which files are made; the environment is not asked."""
    os.environ["DBOS_SYSTEM_DATABASE_URL"] = "sqlite:///environment.sqlite"
    for name in ("shop", "my-shop", "7shop", "7-shop"):
        launch(name=name, system_database_url=None)
        DBOS.destroy()
    return sorted(path.name for path in Path().glob("*.sqlite"))


@sees("system_database_engine", "the engine, 1 workflow in it, 0 other files")
def own_engine() -> str:
    """Which engine is used."""
    engine = sa.create_engine("sqlite:///own.sqlite")
    used = launch(system_database_engine=engine).engine.pool
    greet("Ada")
    DBOS.destroy()
    with sa.create_engine("sqlite:///own.sqlite").connect() as connection:
        rows = connection.scalar(sa.text("select count(*) from workflow_status"))
    others = [path for path in Path().glob("*.sqlite") if path.name != "own.sqlite"]
    what = "the engine" if used is engine.pool else "another engine"
    return f"{what}, {rows} workflow in it, {len(others)} other files"


@sees("dbos_system_schema", ["dbos", "mine"])
def schema() -> list[str]:
    """Which schemas have the tables."""
    launch(system_database_url=URLS["empty"])
    DBOS.destroy()
    launch(system_database_url=URLS["empty"], dbos_system_schema="mine")
    DBOS.destroy()
    with sa.create_engine(URLS["empty"]).connect() as connection:
        return sorted(
            connection.scalars(
                sa.text(
                    "select table_schema from information_schema.tables "
                    "where table_name = 'workflow_status'"
                )
            )
        )


@sees("run_migrations", ["DBOSInitializationError", "done", "done"])
def migrations() -> list[str]:
    """Launches on nothing, on nothing with the default, and on tables."""
    return [
        relaunch(run_migrations=False),
        relaunch(),
        relaunch(run_migrations=False),
    ]


@sees("sys_db_pool_size", [20, 7])
def pool_size() -> list[int]:
    """The size of the pool, without and with the key."""
    found = [launch().engine.pool.size()]
    DBOS.destroy()
    return [*found, launch(sys_db_pool_size=7).engine.pool.size()]


@sees("sys_db_polling_concurrency", [10, 3, 1, 2, None, None])
def polling_concurrency() -> list[int | None]:
    """The limit of the pollers: by default, by the pool, by the key."""
    found: list[int | None] = []
    for changes in (
        {},
        {"sys_db_pool_size": 7},
        {"sys_db_pool_size": 1},
        {"sys_db_polling_concurrency": 2},
        {"sys_db_polling_concurrency": 0},
        {"sys_db_polling_concurrency": -1},
    ):
        limiter = launch(**changes).poll_limiter
        found.append(limiter.limit if limiter.enabled else None)
        DBOS.destroy()
    return found


@sees("sys_db_idle_transaction_timeout_sec", ["1min", "5s", "0", "ended"])
def idle_transactions() -> list[str]:
    """The setting of the session, and what happens to one that idles."""
    found = []
    show = sa.text("show idle_in_transaction_session_timeout")
    for changes in (
        {},
        {"sys_db_idle_transaction_timeout_sec": 5.0},
        {"sys_db_idle_transaction_timeout_sec": 0.0},
    ):
        engine = launch(system_database_url=URLS["migrated"], **changes).engine
        with engine.connect() as connection:
            found.append(str(connection.scalar(show)))
        DBOS.destroy()
    engine = launch(
        system_database_url=URLS["migrated"], sys_db_idle_transaction_timeout_sec=0.2
    ).engine
    with engine.connect() as connection:
        connection.execute(sa.text("select 1"))
        time.sleep(1)
        try:
            connection.execute(sa.text("select 1"))
            found.append("goes on")
        except sa.exc.DBAPIError:
            found.append("ended")
            connection.invalidate()
    return found


@sees("db_engine_kwargs", [3, 7])
def engine_arguments() -> list[int]:
    """A pool's size from the arguments, and from the key beside them."""
    kwargs = {"pool_size": 3}
    found = [launch(db_engine_kwargs=kwargs).engine.pool.size()]
    DBOS.destroy()
    size = launch(db_engine_kwargs=kwargs, sys_db_pool_size=7).engine.pool.size()
    return [*found, size]


def latency(send: Callable[[], object], wait: Callable[[], object]) -> float:
    """Seconds from a send, in half a second, to the end of a wait."""
    sent = []

    def later() -> None:
        time.sleep(0.5)
        sent.append(time.monotonic())
        send()

    sender = threading.Thread(target=later)
    sender.start()
    wait()
    seconds = time.monotonic() - sent[0]
    sender.join()
    return seconds


def message_latency() -> float:
    """Seconds that a message takes to a workflow that waits for it."""
    with SetWorkflowID(f"r-{time.monotonic()}"):
        handle = DBOS.start_workflow(receive)
    return latency(lambda: DBOS.send(handle.workflow_id, "hi"), handle.get_result)


def is_soon(seconds: float) -> str:
    """When a wait of five seconds ends that began half a second before the send."""
    return "soon" if seconds < 1 else "late" if seconds < 4 else "at the end"


@sees(
    "use_listen_notify",
    {
        "made with, used with": "soon",
        "made with, used without": "soon",
        "made without, used without": "soon",
        "made without, used with": "at the end",
    },
)
def listen_notify() -> dict[str, str]:
    """How long a message takes on PostgreSQL, by what made the tables."""
    found = {}
    for made, used in (
        ("with", "with"),
        ("with", "without"),
        ("without", "without"),
        ("without", "with"),
    ):
        launch(
            system_database_url=URLS["migrated" if made == "with" else "empty"],
            use_listen_notify=used == "with",
            notification_listener_polling_interval_sec=0.2,
        )
        found[f"made {made}, used {used}"] = is_soon(message_latency())
        DBOS.destroy()
    return found


# Processes and versions


@sees("executor_id", ["local", "vm-1", "mine", ""])
def executor_ids() -> list[object]:
    """The id by default, from the environment, and by the key."""
    found: list[object] = [executor_id()]
    os.environ["DBOS__VMID"] = "vm-1"
    return [*found, executor_id(), *(executor_id(executor_id=i) for i in ("mine", ""))]


def executor_id(**changes: Any) -> object:
    """The executor id of a workflow."""
    launch(**changes)
    handle = DBOS.start_workflow(greet, "Ada")
    handle.get_result()
    found = handle.get_status().executor_id
    DBOS.destroy()
    return found


@sees(
    "max_executor_threads",
    {
        "a workflow that is called, and its step": "of the caller, step of the caller",
        "a workflow that is started, and its step": "of dbos, step of dbos",
        "`asyncio.to_thread`": "of the caller",
        "`asyncio.to_thread` after an `_async` call": "of dbos",
        "parents that wait for children, on two threads": ["PENDING", "PENDING"],
        "children": ["PENDING", "PENDING"],
        "an `_async` call, meanwhile": "waits",
    },
)
def executor_threads() -> dict[str, object]:
    """What runs on the threads, and what happens when they do not suffice."""
    launch()
    found: dict[str, object] = {
        "a workflow that is called, and its step": thread_of_workflow(),
        "a workflow that is started, and its step": DBOS.start_workflow(
            thread_of_workflow
        ).get_result(),
    }

    async def ask() -> None:
        found["`asyncio.to_thread`"] = await asyncio.to_thread(thread)
        await DBOS.list_workflows_async()
        after = await asyncio.to_thread(thread)
        found["`asyncio.to_thread` after an `_async` call"] = after

    async def list_all() -> str:
        try:
            await asyncio.wait_for(DBOS.list_workflows_async(), 1)
        except TimeoutError:
            return "waits"
        return "answers"

    asyncio.run(ask())
    DBOS.destroy()
    launch(system_database_url="sqlite:///two.sqlite", max_executor_threads=2)
    parents = [DBOS.start_workflow(parent, number).workflow_id for number in range(2)]
    time.sleep(2)
    runs = {run.workflow_id: run.status for run in DBOS.list_workflows()}
    found["parents that wait for children, on two threads"] = [
        runs.pop(parent_id) for parent_id in parents
    ]
    found["children"] = list(runs.values())
    found["an `_async` call, meanwhile"] = asyncio.run(list_all())
    return found


# Waiting and polling


@sees("notification_listener_polling_interval_sec", ["soon", "late", "refused"])
def polling_interval() -> list[str]:
    """How long a message takes on SQLite, where nothing notifies of it."""
    found = []
    for seconds in (0.05, 3.0):
        launch(notification_listener_polling_interval_sec=seconds)
        found.append(is_soon(message_latency()))
        DBOS.destroy()
    changes: Any = {"notification_listener_polling_interval_sec": 0}
    return [*found, "refused" if "Error" in relaunch(**changes) else "accepted"]


@sees("notification_coalesce_sec", ["soon", "soon", "late", "soon"])
def coalescing() -> list[str]:
    """How long an event and a message take on PostgreSQL."""
    found = []
    for seconds in (0.01, 3.0):
        launch(system_database_url=URLS["migrated"], notification_coalesce_sec=seconds)
        event = f"after {seconds} s"

        def wait(event: str = event) -> object:
            return DBOS.get_event(event, event, 10)

        def send(event: str = event) -> None:
            with SetWorkflowID(event):
                publish(event)

        found += [is_soon(latency(send, wait)), is_soon(message_latency())]
        DBOS.destroy()
    return found


@sees(
    "scheduler_polling_interval_sec",
    {
        "new, polled every 30 s": "waits",
        "new, polled every 0.1 s": "runs",
        "paused": "waits",
        "resumed": "runs",
        "deleted": "waits",
    },
)
def scheduler() -> dict[str, str]:
    """How soon a schedule for each second is noticed, past the first minute."""
    _scheduler._STARTUP_FAST_POLL_DURATION_SEC = 0.0
    found = {}
    for seconds in (30, 0.1):
        launch(
            system_database_url=f"sqlite:///{seconds}.sqlite",
            scheduler_polling_interval_sec=seconds,
        )
        # The first look at the schedules is over.
        time.sleep(0.5)
        DBOS.create_schedule(
            schedule_name="all", workflow_fn=scheduled, schedule="* * * * * *"
        )
        found[f"new, polled every {seconds} s"] = runs_go_on()
        if seconds == 0.1:
            for what, change in (
                ("paused", DBOS.pause_schedule),
                ("resumed", DBOS.resume_schedule),
                ("deleted", DBOS.delete_schedule),
            ):
                change("all")
                found[what] = runs_go_on()
        DBOS.destroy()
    return found


def runs_go_on() -> str:
    """Whether a schedule makes new runs, once a change had time to be noticed."""
    time.sleep(1.2)
    before = len(DBOS.list_workflows())
    time.sleep(2.5)
    return "runs" if len(DBOS.list_workflows()) > before else "waits"


# Logs


@sees("log_level", [["INFO", "WARNING"], ["WARNING"], []])
def log_levels() -> list[list[str]]:
    """What the logger writes to stderr by default and by the key."""
    return [
        logged()[0],
        logged(log_level="WARNING")[0],
        logged(log_level="ERROR", console_log_level="INFO")[0],
    ]


@sees("console_log_level", [[], ["INFO", "WARNING"]])
def console_log_levels() -> tuple[list[str], list[str]] | list[list[str]]:
    """What goes to stderr, and what another handler gets."""
    return list(logged(log_level="INFO", console_log_level="ERROR"))


def logged(**levels: str) -> tuple[list[str], list[str]]:
    """The levels of what stderr, and a handler of one's own, get of two launches."""
    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    dbos(config={"name": "shop"} | levels)
    [console] = logger.handlers
    assert isinstance(console, logging.StreamHandler)
    streams = StringIO(), StringIO()
    console.setStream(streams[0])
    own = logging.StreamHandler(streams[1])
    own.setFormatter(console.formatter)
    logger.addHandler(own)
    DBOS.launch()
    DBOS.launch()
    DBOS.destroy()
    found = [
        [level for level in ("INFO", "WARNING") if f"{level}]" in stream.getvalue()]
        for stream in streams
    ]
    return found[0], found[1]


@sees("enable_otlp", "ModuleNotFoundError")
def export() -> str:
    """Without the extra; the process ends after this."""
    for name in list(sys.modules):
        if name.partition(".")[0] == "opentelemetry":
            del sys.modules[name]
    # Imported, it is not found.
    sys.modules["opentelemetry"] = cast(Any, None)
    return relaunch(enable_otlp=True)


# Conductor and enterprise features


@sees("conductor_executor_metadata", ["done", "DBOSException"])
def executor_metadata() -> list[str]:
    """A value that is JSON, and one that is not."""
    return [
        relaunch(conductor_executor_metadata={"zone": value}) for value in (1, object())
    ]


for silent, value in {
    "conductor_url": "http://localhost:1",
    "conductor_metadata_only_mode": True,
    "transact_enterprise_key": "key",
    "auto_upgrade_interval_sec": 1.0,
    "auto_upgrade_grace_sec": 1.0,
}.items():
    PROGRAMS[silent] = partial(relaunch, **{silent: value}), "done"

for refused, value in {
    "conductor_key": "key",
    "auto_upgrade": True,
    "sharding": True,
}.items():
    PROGRAMS[refused] = (
        partial(relaunch, **{refused: value}),
        "DBOSInitializationError",
    )

"""Programs that make dbos say what errors.yml lists, each named by its anchor.

Run as a process of its own in an empty folder, like provoked.py. It prints, by anchor,
every text that the program raised or that dbos wrote to its log meanwhile.
"""

import asyncio
import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    DBOSConfiguredInstance,
    DBOSContextEnsure,
    DBOSContextSetAuth,
    Serializer,
    SetWorkflowID,
)
from dbos import _dbos as internals

Program = Callable[[], Any]
FILE = "logged.sqlite"
lines: list[str] = []
begun, go_on = threading.Event(), threading.Event()
#: The class, for calls that a type checker refuses.
dbos: Any = DBOS


class Keep(logging.Handler):
    """Keeps what is logged."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one line."""
        lines.append(record.getMessage())


class Mute(Serializer):
    """Stores what it cannot read."""

    def serialize(self, data: Any) -> str:
        """Writes anything."""
        return repr(data)

    def deserialize(self, serialized_data: str) -> Any:
        """Reads nothing."""
        raise ValueError("cannot be read")

    def name(self) -> str:
        """Names it."""
        return "mute"


def launch(**changes: Any) -> Any:
    """Constructs and launches; gives dbos's own engine."""
    config: Any = {
        "name": "logged",
        # Some programs register workflows, and make no new version so.
        "application_version": "0",
        "system_database_url": f"sqlite:///{FILE}",
        "log_level": "WARNING",
        "scheduler_polling_interval_sec": 0.1,
    }
    dbos(config=config | changes)
    DBOS.launch()
    return internals._get_dbos_instance()._sys_db.engine


def relaunch(**changes: Any) -> Any:
    """Ends and launches again."""
    DBOS.destroy()
    return launch(**changes)


def execute(statement: str, **values: object) -> Any:
    """Runs a statement on the system database, past dbos."""
    engine = sa.create_engine(f"sqlite:///{FILE}")
    with engine.begin() as connection:
        return connection.execute(sa.text(statement), values)


def change(workflow_id: str, column: str, value: object) -> None:
    """Changes a workflow's row, past dbos."""
    where = "where workflow_uuid = :id"
    statement = f"update workflow_status set {column} = :value {where}"
    execute(statement, value=value, id=workflow_id)


def wait_for(condition: Callable[[], object]) -> None:
    """Waits until something holds, on a busy machine as well."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, lines
        time.sleep(0.05)


def is_said(text: str) -> Callable[[], bool]:
    """Whether a line has that text."""
    return lambda: any(text in line for line in lines)


def has_ended(workflow_id: str) -> Callable[[], bool]:
    """Whether that workflow waits and runs no more."""
    where = "where workflow_uuid = :id"
    statement = f"select status from workflow_status {where}"

    def check() -> bool:
        [(status,)] = execute(statement, id=workflow_id)
        return status not in ("PENDING", "ENQUEUED")

    return check


@contextmanager
def trigger(when: str, action: str = "select raise(abort, 'no')") -> Iterator[None]:
    """Something that the database does meanwhile."""
    execute(f"create trigger mine {when} begin {action}; end")
    try:
        yield
    finally:
        execute("drop trigger mine")


@DBOS.dbos_class()
class Shop(DBOSConfiguredInstance):
    """A class with a workflow."""

    @DBOS.workflow()
    def open(self) -> str:
        """Ends at once."""
        return self.config_name


@DBOS.step()
def hold() -> None:
    """Waits until it may go on."""
    begun.set()
    go_on.wait()


@DBOS.step()
def note() -> None:
    """Ends at once."""


@DBOS.step()
async def note_async() -> None:
    """Ends at once."""


@DBOS.workflow()
def greet() -> str:
    """Ends at once."""
    return "hello"


@DBOS.workflow()
def fail() -> None:
    """Fails at once."""
    raise LookupError("no lamp")


@DBOS.workflow()
async def fail_async() -> None:
    """Fails at once."""
    raise LookupError("no lamp")


@DBOS.workflow()
async def sleep_async() -> None:
    """Waits for a long time."""
    await asyncio.sleep(60)


@DBOS.workflow()
def hold_in_step(end: str) -> str:
    """Is cancelled in its step, and does one of three things then."""
    try:
        hold()
    except BaseException as error:
        said(error)
        if end == "calls a step":
            note()
        if end == "raises it again":
            raise
    return "went on"


@DBOS.workflow()
def hold_between_steps() -> None:
    """Is cancelled between its steps."""
    begun.set()
    go_on.wait()
    try:
        note()
    except BaseException as error:
        said(error)
        raise


@DBOS.workflow()
def read(writer: str) -> None:
    """Waits for a stream."""
    begun.set()
    try:
        list(DBOS.read_stream(writer, "key"))
    except BaseException as error:
        said(error)
        raise


@DBOS.workflow()
async def read_two() -> None:
    """Reads two streams at once."""

    async def first(key: str) -> None:
        async for _ in DBOS.read_stream_async("nobody", key):
            return

    await asyncio.gather(first("a"), first("b"))


@DBOS.workflow()
async def patch_beside_step() -> None:
    """Asks for a patch while a step begins."""

    async def later() -> None:
        await asyncio.sleep(0)
        await note_async()

    await asyncio.gather(DBOS.patch_async("new"), later())


@DBOS.step(retries_allowed=True, interval_seconds=0, max_attempts=2)
def try_twice() -> None:
    """Fails each time."""
    raise LookupError("no lamp")


@DBOS.workflow()
def retry() -> None:
    """Calls a step that fails each time."""
    try_twice()


async def call_client() -> None:
    """Calls methods of a client on an event loop; one of them warns."""
    client = DBOSClient(system_database_url=f"sqlite:///{FILE}")
    client.list_workflows(workflow_ids=["nobody"])
    assert not lines
    client.list_queues()


@DBOS.required_roles(["admin"])
@DBOS.workflow()
def protected() -> None:
    """Needs a role."""


@DBOS.workflow()
def scheduled(moment: datetime, context: object) -> None:
    """Is run by a schedule."""


def said(error: BaseException) -> None:
    """Keeps an error's text and, in a log of one's own, its class."""
    lines.append(str(error).partition(": ")[2] or str(error))


def cancel(workflow: Callable[..., Any], *args: object) -> None:
    """Cancels a workflow that has begun, and waits for its end."""
    begun.clear()
    go_on.clear()
    handle = DBOS.start_workflow(workflow, *args)
    begun.wait()
    time.sleep(0.5 if workflow is read else 0)
    DBOS.cancel_workflow(handle.workflow_id)
    if workflow is not read:
        go_on.set()
    handle.get_result()


def cancel_reader() -> None:
    """Cancels a workflow that waits for a stream."""
    begun.clear()
    go_on.clear()
    writer = DBOS.start_workflow(hold_in_step, "")
    begun.wait()
    try:
        cancel(read, writer.workflow_id)
    finally:
        go_on.set()
        writer.get_result()


def become(**columns: object) -> Program:
    """A queue takes a workflow whose row has changed."""
    # Nobody works on the queue before the row has changed.
    queue = "-".join(["changed", *map(str, columns.values())])

    def run() -> None:
        workflow_id = DBOS.enqueue_workflow(queue, greet).workflow_id
        for column, value in columns.items():
            change(workflow_id, column, value)
        DBOS.register_queue(queue, polling_interval_sec=0.1)
        wait_for(is_said("Error executing"))
        execute("delete from workflow_status where workflow_uuid = :id", id=workflow_id)

    return run


def vanish() -> None:
    """A row is gone when the queue has taken it."""
    DBOS.register_queue("vanishing", polling_interval_sec=0.1)
    when = "after update on workflow_status when new.status = 'PENDING'"
    action = "delete from workflow_status where workflow_uuid = new.workflow_uuid"
    with trigger(when, action):
        DBOS.enqueue_workflow("vanishing", greet)
        wait_for(is_said("Error executing"))


def left_pending(**columns: object) -> str:
    """A workflow as a dead process leaves it, and what became of it after a launch."""
    handle = DBOS.start_workflow(greet)
    handle.get_result()
    changed = {"status": "PENDING", "output": None} | columns
    for column, value in changed.items():
        change(handle.workflow_id, column, value)
    relaunch()
    workflow_id = str(columns.get("workflow_uuid", handle.workflow_id))
    wait_for(has_ended(workflow_id))
    return workflow_id


def without_id() -> None:
    """A workflow whose id is a space."""
    left_pending(workflow_uuid=" ")
    [(status,)] = execute(
        "select status from workflow_status where workflow_uuid = ' '"
    )
    assert status == "ERROR"


def recovered_too_often() -> None:
    """Resume and fork let such a workflow go on."""
    workflow_id = left_pending(recovery_attempts=200)
    try:
        DBOS.retrieve_workflow(workflow_id).get_result()
    finally:
        assert DBOS.fork_workflow(workflow_id, 1).get_result() == "hello"
        assert DBOS.resume_workflow(workflow_id).get_result() == "hello"


def refuse_recovery() -> None:
    """The database refuses the recovery of one of two workflows."""
    with SetWorkflowID("refused"):
        DBOS.start_workflow(greet).get_result()
    change("refused", "status", "PENDING")
    when = "before update on workflow_status when new.workflow_uuid = 'refused'"
    with trigger(when):
        other = left_pending()
    assert DBOS.retrieve_workflow(other).get_status().status == "SUCCESS"
    assert DBOS.retrieve_workflow("refused").get_status().status == "PENDING"


def other_function() -> None:
    """One id for two functions."""
    with SetWorkflowID("one"):
        greet()
    with SetWorkflowID("one"):
        fail()


def two_in_a_block() -> None:
    """Two workflows in one block."""
    with SetWorkflowID("block"):
        greet()
        greet()


def two_queues() -> None:
    """One id on two queues."""
    for queue in ("first", "second"):
        with SetWorkflowID("queued"):
            DBOS.enqueue_workflow(queue, greet)


def same_name() -> None:
    """Two functions of one name: a call runs its own, a queue the last one."""

    @DBOS.workflow(name="same")
    def first() -> str:
        return "first"

    @DBOS.workflow(name="same")
    def second() -> str:
        return "second"

    DBOS.register_queue("names", polling_interval_sec=0.1)
    queued = DBOS.enqueue_workflow("names", first).get_result()
    assert (first(), second(), queued) == ("first", "second", "second")


def lower_limit() -> None:
    """A limit is lowered while two jobs run."""
    go_on.clear()
    options: Any = {"global_concurrency": 2, "polling_interval_sec": 0.1}
    queue = DBOS.register_queue("limited", **options)
    jobs = [DBOS.enqueue_workflow("limited", hold_in_step, "") for _ in range(3)]
    wait_for(
        lambda: len(DBOS.list_workflows(queue_name="limited", status="PENDING")) == 2
    )
    queue.set_global_concurrency(1)
    wait_for(is_said("exceeds"))
    go_on.set()
    assert [job.get_result() for job in jobs] == ["went on"] * 3


def refuse_poll() -> None:
    """The database refuses some polls, and the job runs after them."""
    DBOS.register_queue("refused", polling_interval_sec=0.1)
    with trigger("before update on workflow_status when new.queue_name = 'refused'"):
        job = DBOS.enqueue_workflow("refused", greet)
        wait_for(is_said("queue thread for refused"))
    assert job.get_result() == "hello"


def bad_crontab() -> None:
    """A stored schedule that cannot be read."""
    DBOS.create_schedule(
        schedule_name="bad", workflow_fn=scheduled, schedule="* * * * * *"
    )
    execute("update workflow_schedules set schedule = 'never'")
    relaunch()
    wait_for(is_said("Cannot run"))
    time.sleep(1.5)
    assert not DBOS.list_workflows(schedule_name="bad")
    DBOS.delete_schedule("bad")


def refuse_scheduled() -> None:
    """The database refuses some runs of a schedule."""
    DBOS.create_schedule(
        schedule_name="all", workflow_fn=scheduled, schedule="* * * * * *"
    )
    with trigger("before insert on workflow_status when new.name = 'scheduled'"):
        wait_for(is_said("Exception in schedule"))
    wait_for(lambda: DBOS.list_workflows(schedule_name="all"))
    DBOS.delete_schedule("all")


def list_unreadable() -> None:
    """A listing of what cannot be read gives it as stored."""
    relaunch(serializer=Mute())
    for workflow in (greet, fail):
        with SetWorkflowID(f"mute-{workflow.__name__}"):
            workflow_id = DBOS.start_workflow(workflow).workflow_id
        wait_for(has_ended(workflow_id))
    good, bad = sorted(
        DBOS.list_workflows(workflow_id_prefix="mute-"),
        key=lambda run: run.status,
        reverse=True,
    )
    assert good.output == "'hello'"
    assert str(bad.error) == "LookupError('no lamp')"
    relaunch()


def lock_file() -> None:
    """Another program locks the SQLite file."""
    engine = relaunch()
    sa.event.listen(
        engine.pool, "checkout", lambda c, *_: c.execute("PRAGMA busy_timeout = 50")
    )
    other = sqlite3.connect(FILE, isolation_level=None)
    other.execute("begin exclusive")
    worker = threading.Thread(target=note_result)
    worker.start()
    wait_for(is_said("Database connection failed"))
    other.rollback()
    worker.join()
    assert "hello" in lines
    relaunch()


def note_result() -> None:
    """Keeps the result of a workflow."""
    lines.append(greet())


def use_up_pool() -> None:
    """Somebody holds the only connection."""
    engine = relaunch(sys_db_pool_size=1, db_engine_kwargs={"pool_timeout": 0.2})
    with engine.connect():
        worker = threading.Thread(target=note_result)
        worker.start()
        wait_for(is_said("pool exhausted"))
    worker.join()
    assert "hello" in lines
    relaunch()


async def cancel_task() -> None:
    """A workflow's task is cancelled; the workflow is not."""
    with SetWorkflowID("task"):
        task = asyncio.create_task(sleep_async())
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    [run] = await DBOS.list_workflows_async(workflow_ids=["task"])
    assert run.status == "PENDING"
    execute("delete from workflow_status where workflow_uuid = 'task'")


async def start_failing() -> None:
    """An async workflow in the background."""
    await (await DBOS.start_workflow_async(fail_async)).get_result()


def without_source() -> None:
    """A workflow whose source cannot be found."""
    DBOS.destroy()
    exec("@DBOS.workflow(name='hidden')\ndef hidden(): pass", {"DBOS": DBOS})
    launch(application_version=None)


def older_version() -> None:
    """A launch of the version before the latest."""
    for version in ("1", "2", "1"):
        # Python 3.11 stores whole seconds on SQLite.
        time.sleep(1.1)
        relaunch(application_version=version)
    relaunch()


def as_user() -> None:
    """A user without the role."""
    with DBOSContextEnsure(), DBOSContextSetAuth("ada", ["guest"]):
        protected()


def reset_junk() -> None:
    """A reset of a file that is no database."""
    DBOS.destroy()
    Path("junk.sqlite").write_text("junk" * 300, "utf-8")
    config: DBOSConfig = {
        "name": "junk",
        "system_database_url": "sqlite:///junk.sqlite",
    }
    DBOS(config=config)
    DBOS.reset_system_database(truncate=True)
    DBOS.destroy()
    launch()


def reset_nothing() -> None:
    """A reset without an instance and without an address."""
    DBOS.destroy()
    try:
        DBOS.reset_system_database()
    finally:
        launch()


def launch_nowhere() -> None:
    """A launch on a folder that does not exist."""
    try:
        relaunch(system_database_url="sqlite:////nowhere/at/all.sqlite")
    finally:
        relaunch()


def keep_thread() -> None:
    """A thread of dbos that does not end."""
    thread = threading.Thread(target=time.sleep, args=[12], name="slow", daemon=True)
    thread.start()
    internals._get_dbos_instance()._background_threads.append(thread)
    started = time.monotonic()
    DBOS.destroy()
    assert 9 < time.monotonic() - started < 12
    launch()


PROGRAMS: dict[str, Program] = {
    "error-1": lambda: cancel(hold_in_step, "raises it again"),
    "error-2": vanish,
    "error-2-empty-id": without_id,
    "error-4": lambda: DBOS.start_workflow(lambda: None),
    "error-4-class": become(name="Shop.open", class_name="Gone", config_name=None),
    "error-4-instance": become(name="Shop.open", class_name="Shop", config_name="x"),
    "error-5": lambda: DBOS.retrieve_workflow("nobody"),
    "error-5-send": lambda: DBOS.send("nobody", "hello"),
    "error-6": recovered_too_often,
    "error-7": lambda: DBOS.start_workflow(retry).get_result(),
    "error-8": protected,
    "error-8-roles": as_user,
    "error-9": other_function,
    "error-10": lambda: cancel(hold_between_steps),
    "error-10-read-stream": cancel_reader,
    "error-13": lambda: cancel(hold_in_step, "calls a step"),
    "error-14": recovered_too_often,
    "error-15": lambda: asyncio.run(patch_beside_step()),
    "error-17": lambda: asyncio.run(read_two()),
    "log-already-launched": DBOS.launch,
    "log-failed-to-launch": launch_nowhere,
    "log-connecting": lambda: DBOSClient(
        system_database_url="postgresql://ada@localhost:1/nowhere"
    ),
    "log-not-latest-version": older_version,
    "log-duplicate-registration": same_name,
    "log-late-instance": lambda: Shop("late"),
    "log-recovering": refuse_recovery,
    "log-not-owned": lambda: cancel(hold_in_step, "raises it again"),
    "log-cancelled-during-execution": lambda: cancel(hold_between_steps),
    "log-outcome-not-recorded": lambda: cancel(hold_in_step, "goes on"),
    "log-background-workflow": lambda: DBOS.start_workflow(fail).get_result(),
    "log-asynchronous-workflow": lambda: asyncio.run(start_failing()),
    "log-task-cancelled": lambda: asyncio.run(cancel_task()),
    "log-same-workflow-id": two_in_a_block,
    "log-other-queue": two_queues,
    "log-error-executing": become(name="gone"),
    "log-global-limit": lower_limit,
    "log-queue-thread": refuse_poll,
    "log-crontab": bad_crontab,
    "log-schedule": refuse_scheduled,
    "log-serializing": lambda: dbos.start_workflow(hold_in_step, threading.Lock()),
    "log-input-not-deserialized": list_unreadable,
    "log-output-not-deserialized": list_unreadable,
    "log-exception-not-deserialized": list_unreadable,
    "log-connection-failed": lock_file,
    "log-pool-exhausted": use_up_pool,
    "log-reset-without-instance": reset_nothing,
    "log-could-not-empty": reset_junk,
    "log-enable-patching": lambda: relaunch(enable_patching=True),
    "log-sync-call": lambda: asyncio.run(call_client()),
    "log-retried": lambda: DBOS.start_workflow(retry).get_result(),
    "log-default-version": without_source,
    "log-thread-did-not-exit": keep_thread,
}


def heard(program: Program) -> list[str]:
    """What the program raised, and all that was logged meanwhile."""
    lines.clear()
    try:
        program()
    except AssertionError:
        raise
    except Exception as error:
        said(error)
    return list(lines)


if __name__ == "__main__":
    logging.getLogger("dbos").addHandler(Keep())
    launch()
    made: dict[Program, list[str]] = {}
    for program in PROGRAMS.values():
        if program not in made:
            made[program] = heard(program)
    print(json.dumps({anchor: made[each] for anchor, each in PROGRAMS.items()}))
    # The threads behind need no orderly end.
    os._exit(0)

"""Which workflows a search by time finds, and what a deletion does to one that runs."""
# expect: ok
# Takes some seconds: a workflow runs out of recoveries.

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle

waits, go_on = threading.Semaphore(0), threading.Event()


@DBOS.step()
def await_parcel() -> None:
    waits.release()
    go_on.wait(60)


@DBOS.workflow(max_recovery_attempts=1)
def deliver() -> None:
    await_parcel()


@DBOS.workflow()
def pay() -> None:
    pass


@DBOS.workflow()
def fail() -> None:
    raise ConnectionError("the bank is down")


def launch() -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "notification_listener_polling_interval_sec": 0.01,  # Shortens the ends.
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def run(workflow_id: str, workflow: Callable[[], object]) -> None:
    with SetWorkflowID(workflow_id), suppress(ConnectionError):
        workflow()


def start(workflow_id: str) -> WorkflowHandle[None]:
    with SetWorkflowID(workflow_id):
        handle = DBOS.start_workflow(deliver)
    waits.acquire()
    return handle


def found(moment: datetime, offset: timezone | None = UTC) -> str:
    text = moment.replace(tzinfo=offset).isoformat()
    rows = DBOS.list_workflows(completed_before=text)
    return ", ".join(sorted(row.workflow_id for row in rows)) or "none"


def give_up() -> None:
    launch()
    start("given up")
    DBOS.destroy()
    launch()
    waits.acquire()
    DBOS.destroy()
    launch()
    while found(ahead) == "none":
        time.sleep(0.01)


if __name__ == "__main__":
    now = datetime.now(UTC)
    ahead = now + timedelta(days=1)
    give_up()
    run("paid", pay)
    run("failed", fail)
    start("cancelled")
    DBOS.cancel_workflow("cancelled")
    delivery = start("running")
    with SetWorkflowID("waiting"):
        DBOS.enqueue_workflow("nobody-registers-it", pay)
    print("found by `completed_before`:", found(ahead))
    #> found by `completed_before`: cancelled, failed, given up, paid
    rows = DBOS.list_workflows(end_time=ahead.isoformat())
    others = sorted(row.workflow_id for row in rows if not row.completed_at)
    print("found by `end_time`, and without an end:", ", ".join(others))
    #> found by `end_time`, and without an end: running, waiting
    seconds = max(row.completed_at or 0 for row in rows) / 1000 - now.timestamp()
    print("`completed_at` / 1000 is a Unix time:", abs(seconds) < 60)
    #> `completed_at` / 1000 is a Unix time: True
    os.environ["TZ"] = "UTC+5"  # Five hours behind UTC.
    time.tzset()
    earlier = now - timedelta(hours=3)
    print("found by `completed_before`, three hours before:", found(earlier))
    #> found by `completed_before`, three hours before: none
    print("the same without its offset, at UTC-5:", found(earlier, None))
    #> the same without its offset, at UTC-5: cancelled, failed, given up, paid
    DBOS.delete_workflow("running")
    print("a message to a deleted run:", outcome(lambda: DBOS.send("running", "hurry")))
    #> a message to a deleted run: DBOSNonExistentWorkflowError
    go_on.set()
    print("the result of a deleted run:", outcome(delivery.get_result))
    #> the result of a deleted run: DBOSNonExistentWorkflowError
    DBOS.destroy(workflow_completion_timeout_sec=10)

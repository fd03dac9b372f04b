"""Which statuses a cancel, a resume, a rewind and a fork take."""
# expect: crash
# The status `MAX_RECOVERY_ATTEMPTS_EXCEEDED` takes a crash.

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID, error

CRASHED = Path("crashed")
WAYS = ("cancel", "resume", "rewind", "fork")
begun = threading.Semaphore(0)
end = threading.Event()


@DBOS.workflow(max_recovery_attempts=0)
def crash() -> None:
    begun.release()
    end.wait()


@DBOS.workflow()
def wait_for_data() -> None:
    begun.release()
    end.wait()


@DBOS.workflow()
def report(fails: bool) -> None:
    if fails:
        raise ValueError("no data")


def status(workflow_id: str) -> str:
    return DBOS.retrieve_workflow(workflow_id).get_status().status


def state(workflow_id: str) -> tuple[str, str | None]:
    found = DBOS.retrieve_workflow(workflow_id).get_status()
    return found.status, found.queue_name


def make(way: str) -> list[str]:
    """One run in each status, and their ids."""
    for name, delay in (("queued", None), ("delayed", 600), ("cancelled", None)):
        with SetWorkflowID(f"{way}-{name}"), SetEnqueueOptions(delay_seconds=delay):
            DBOS.enqueue_workflow("nowhere", report, False)
    DBOS.cancel_workflow(f"{way}-cancelled")
    with SetWorkflowID(f"{way}-running"):
        DBOS.start_workflow(wait_for_data)
    begun.acquire()
    for name, fails in (("good", False), ("failed", True)):
        with SetWorkflowID(f"{way}-{name}"), suppress(ValueError):
            report(fails)
    # The launch puts it into a queue, whose worker then refuses to start it.
    while status(f"{way}-crashed") != "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
        time.sleep(0.01)
    names = "queued delayed running cancelled crashed good failed"
    return [f"{way}-{name}" for name in names.split()]


def left(way: str, call: Callable[[str], object]) -> str:
    """The statuses for which the call is refused, or changes nothing."""
    statuses: list[str] = []
    for workflow_id in make(way):
        before = state(workflow_id)
        made = None
        with suppress(error.DBOSException):
            made = call(workflow_id)
        if made is None and state(workflow_id) == before:
            statuses.append(before[0])
    return ", ".join(statuses) or "none"


def fork(workflow_id: str) -> str:
    return DBOS.fork_workflow(workflow_id, 1, queue_name="nowhere").workflow_id


def resume(workflow_id: str) -> None:
    DBOS.resume_workflow(workflow_id, queue_name="elsewhere")


def rewind(workflow_id: str) -> None:
    DBOS.rewind_workflow(workflow_id, queue_name="elsewhere")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    if not CRASHED.exists():
        for way in WAYS:
            with SetWorkflowID(f"{way}-crashed"):
                DBOS.start_workflow(crash)
            begun.acquire()
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    unchanged = left("cancel", DBOS.cancel_workflow)
    print("statuses that a cancel leaves as they are:", unchanged)
    print("statuses that a resume leaves as they are:", left("resume", resume))
    print("statuses that a rewind refuses:", left("rewind", rewind))
    print("statuses that a fork refuses:", left("fork", fork))
    DBOS.cancel_workflow("resume-running")  # Its first execution waits for its end.
    end.set()
    DBOS.destroy()

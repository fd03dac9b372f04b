"""How often a workflow starts when its processes are killed, and who learns of it."""
# expect: ok
# Takes some seconds: it is killed in three processes, and each of them imports DBOS.

import inspect
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

STARTS = Path("starts.log")
#: A worker dies when the log has this many lines.
LINES = (5, 7, 9)
config: DBOSConfig = {
    "name": "imports",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}


def wait() -> None:
    with STARTS.open("a") as log:
        log.write(f"{DBOS.workflow_id}\n")
    while not Path("last").exists():
        time.sleep(0.01)


@DBOS.workflow(max_recovery_attempts=0)
def limit_0() -> None:
    wait()


@DBOS.workflow(max_recovery_attempts=2)
def limit_2() -> None:
    wait()


@DBOS.workflow(max_recovery_attempts=None)
def no_limit() -> None:
    wait()


@DBOS.workflow()
def parent() -> None:
    with SetWorkflowID("child"):
        DBOS.start_workflow(limit_0).get_result()


@DBOS.workflow()  # A kill can come while it runs as the next job.
def broken() -> None:
    raise ValueError("no such file")


def outcome(workflow_id: str) -> str:
    try:
        DBOS.get_result(workflow_id)
    except (ValueError, error.DBOSException) as failure:
        return str(failure).partition(":")[0]
    return "SUCCESS"


def starts() -> list[str]:
    return STARTS.read_text().splitlines() if STARTS.exists() else []


def work(lines: int) -> None:
    DBOS(config=config)
    DBOS.launch()
    if not starts():
        DBOS.register_queue("one at a time", worker_concurrency=1)
        for workflow in (limit_0, limit_2, no_limit, parent, broken):
            with SetWorkflowID(workflow.__name__):
                DBOS.start_workflow(workflow)
        for job, workflow in (("queued", limit_0), ("next", broken)):
            with SetWorkflowID(job):
                DBOS.enqueue_workflow("one at a time", workflow)
        outcome("broken")
    while len(starts()) < lines:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(int(sys.argv[1]))
    for lines in LINES:
        subprocess.run([sys.executable, __file__, str(lines)])
    DBOS(config=config)
    DBOS.launch()
    ends = {run: outcome(run) for run in ("limit_2", "parent", "queued", "next")}
    while len(starts()) < LINES[-1] + 1:
        time.sleep(0.01)
    print("starts in 4 processes, limit 0:", starts().count("limit_0"))
    #> starts in 4 processes, limit 0: 1
    print("starts in 4 processes, limit 2:", starts().count("limit_2"))
    #> starts in 4 processes, limit 2: 3
    print("starts in 4 processes, limit `None`:", starts().count("no_limit"))
    #> starts in 4 processes, limit `None`: 4
    defaults = inspect.signature(DBOS.workflow).parameters
    print("the default limit:", defaults["max_recovery_attempts"].default)
    #> the default limit: 100
    print("the result of a run past its limit:", ends["limit_2"])
    #> the result of a run past its limit: DBOS Error 14
    print("the result of a parent that waits for such a child:", ends["parent"])
    #> the result of a parent that waits for such a child: DBOS Error 14
    print("the result of a queued job past its limit:", ends["queued"])
    #> the result of a queued job past its limit: DBOS Error 14
    print("the next job of that queue, which runs one at a time:", ends["next"])
    #> the next job of that queue, which runs one at a time: no such file
    failed = DBOS.retrieve_workflow("broken").get_status()
    print("a workflow that raised, `recovery_attempts`:", failed.recovery_attempts)
    #> a workflow that raised, `recovery_attempts`: 1
    Path("last").touch()
    DBOS.destroy()

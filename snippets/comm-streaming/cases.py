"""What a reader of a stream gets, case by case."""
# expect: ok
# since: 3.4

import os
import threading
import time
from collections.abc import Callable, Iterator

from dbos import DBOS, DBOSConfig, SetWorkflowID

begun, go_on = threading.Event(), threading.Semaphore(0)


@DBOS.workflow()
def close_early() -> None:
    DBOS.write_stream("chapters", "sales")
    DBOS.close_stream("chapters")
    DBOS.write_stream("chapters", "costs")


@DBOS.step()
def wait_and_write(chapter: str) -> None:
    begun.set()
    go_on.acquire()
    DBOS.write_stream("chapters", chapter)


@DBOS.workflow()
def build_report() -> None:
    DBOS.write_stream("chapters", "sales")
    wait_and_write("costs")
    wait_and_write("plans")


@DBOS.workflow()
def audit(report: str) -> list[object]:
    return list(read(report))


def read(report: str, offset: int = 0, wait: float | None = None) -> Iterator:
    return DBOS.read_stream(report, "chapters", offset=offset, timeout_seconds=wait)


def read_slowly(report: str) -> Iterator[object]:
    for chapter in read(report, wait=1.5):
        time.sleep(0.8)
        go_on.release()
        yield chapter


def outcome(read_all: Callable[[], object]) -> str:
    try:
        return str(read_all())
    except Exception as problem:
        return type(problem).__name__


def cancelled() -> list[object]:
    begun.clear()
    go_on.acquire()  # The last reader has released once more than was needed.
    with SetWorkflowID("report-3"):
        report = DBOS.start_workflow(build_report)
    begun.wait()
    DBOS.cancel_workflow("report-3")
    go_on.release()
    outcome(report.get_result)
    return list(read("report-3"))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("closed"):
        close_early()
    with SetWorkflowID("report-2"):
        DBOS.start_workflow(build_report)
    slow = list(read_slowly("report-2"))
    with SetWorkflowID("audit-1"):
        DBOS.start_workflow(audit, "closed").get_result()
    steps = [step["function_name"] for step in DBOS.list_workflow_steps("audit-1")]
    with SetWorkflowID("queued"):
        DBOS.enqueue_workflow("unregistered", close_early)
    fork = DBOS.fork_workflow("closed", 3, application_version="next").workflow_id
    print("read from the start, one value after the close:", list(read("closed")))
    #> read from the start, one value after the close: ['sales']
    print("the same, read from behind the close:", list(read("closed", offset=2)))
    #> the same, read from behind the close: ['costs']
    close = outcome(lambda: DBOS.read_stream_offset("closed", "chapters", 1))
    print("`read_stream_offset` at the offset of the close:", close)
    #> `read_stream_offset` at the offset of the close: DBOSStreamTimeoutError
    print("2.4 s of reading, with a timeout of 1.5 s:", slow)
    #> 2.4 s of reading, with a timeout of 1.5 s: ['sales', 'costs', 'plans']
    other = DBOS.read_stream("closed", "totals")
    print("a key that a finished workflow never wrote:", list(other))
    #> a key that a finished workflow never wrote: []
    print("a workflow id that does not exist:", outcome(lambda: list(read("none"))))
    #> a workflow id that does not exist: DBOSNonExistentWorkflowError
    waiting = outcome(lambda: list(read("queued", wait=0.1)))
    print("a workflow that never starts, with a timeout:", waiting)
    #> a workflow that never starts, with a timeout: DBOSStreamTimeoutError
    print("written before and after a cancel:", cancelled())
    #> written before and after a cancel: ['sales']
    print("steps of a workflow that reads one value:", *steps)
    #> steps of a workflow that reads one value: DBOS.readStream DBOS.readStream
    print("a fork from step 3, before it runs:", list(read(fork)))
    #> a fork from step 3, before it runs: ['sales']
    DBOS.destroy()

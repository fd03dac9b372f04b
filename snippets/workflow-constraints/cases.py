"""What a step may call, and what it may not."""
# expect: ok
# since: 3.4

import os
import traceback
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, Debouncer, SetWorkflowID, error

Calls = dict[str, Callable[[], object]]


@DBOS.workflow()
def report() -> str:
    DBOS.set_event("state", "done")
    return "report"


WRITES: Calls = {
    "send": lambda: DBOS.send("done", "message"),
    "set_event": lambda: DBOS.set_event("state", "begun"),
    "write_stream": lambda: DBOS.write_stream("pages", 1),
}
READS: Calls = {
    "get_event": lambda: DBOS.get_event("done", "state"),
    "list_workflows": lambda: DBOS.list_workflows(),
    "get_result": lambda: DBOS.retrieve_workflow("done").get_result(),
}
ACTS: Calls = {
    "cancel_workflow": lambda: DBOS.cancel_workflow("done"),
    "resume_workflow": lambda: DBOS.resume_workflow("done"),
    "fork_workflow": lambda: DBOS.fork_workflow("done", 1),
}
STARTS: Calls = {
    "start_workflow": lambda: DBOS.start_workflow(report),
    "enqueue_workflow": lambda: DBOS.enqueue_workflow("reports", report),
    "debounce": lambda: Debouncer.create(report).debounce("may", 0.1),
    "a call": report,
}
WAITS: Calls = {
    "recv": lambda: DBOS.recv(timeout_seconds=0),
    "sleep": lambda: DBOS.sleep(0.01),
    "patch": lambda: DBOS.patch("new"),
}
KINDS = {"write": WRITES, "read": READS, "act": ACTS, "start": STARTS, "wait": WAITS}


@DBOS.step()
def try_in_step(kind: str) -> dict[str, str]:
    return try_each(KINDS[kind])


def try_each(calls: Calls) -> dict[str, str]:
    results = {}
    for name, call in calls.items():
        try:
            call()
            results[name] = "allowed"
        except (AssertionError, error.DBOSException) as failure:
            results[name] = str(failure) or "refused without a text"
    return results


@DBOS.workflow()
def in_a_step(kind: str, outcome: str) -> str:
    results = try_in_step(kind)
    return ", ".join(name for name, found in results.items() if outcome in found)


@DBOS.step()
def start_in_step() -> None:
    DBOS.start_workflow(report)


@DBOS.workflow()
def refused() -> None:
    start_in_step()


def quoted(call: Callable[[], object]) -> str:
    """Looks in the traceback for the comment that names the cause."""
    try:
        call()
    except AssertionError:
        return str("# Not in a step" in traceback.format_exc())
    return "no error"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("done"):
        report()
    print("a step may write with:", in_a_step("write", "allowed"))
    #> a step may write with: send, set_event, write_stream
    print("a step may read with:", in_a_step("read", "allowed"))
    #> a step may read with: get_event, list_workflows, get_result
    print("a step may act on others with:", in_a_step("act", "allowed"))
    #> a step may act on others with: cancel_workflow, resume_workflow, fork_workflow
    print("refused without a text:", in_a_step("start", "without a text"))
    #> refused without a text: start_workflow, enqueue_workflow, debounce, a call
    print("refused with a text:", in_a_step("wait", "must be called from"))
    #> refused with a text: recv, sleep, patch
    with SetWorkflowID("refused"):
        print("the traceback of a call quotes the comment:", quoted(refused))
        #> the traceback of a call quotes the comment: True
    recorded = DBOS.retrieve_workflow("refused").get_result
    print("the error from the record quotes the comment:", quoted(recorded))
    #> the error from the record quotes the comment: False
    DBOS.destroy()

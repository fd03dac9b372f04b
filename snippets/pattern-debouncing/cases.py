"""What a debouncer does with a burst of calls, case by case."""
# expect: ok

import os
import threading
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, Debouncer, SetWorkflowID, WorkflowHandle

HOUR = 3600.0
begun, go_on = threading.Semaphore(0), threading.Event()
running: list[str] = []


@DBOS.workflow()
def index(text: str) -> str:
    work(text)
    return text


@DBOS.step()
def work(text: str) -> None:
    running.append(text)
    begun.release()
    go_on.wait()


@DBOS.workflow()
def publish(text: str) -> str:
    return text


@DBOS.workflow()
def save(text: str) -> str:
    return later.debounce("in-workflow", HOUR, text).workflow_id


@DBOS.dbos_class()
class Search:
    """A class with a workflow."""

    @classmethod
    @DBOS.workflow()
    def rebuild(cls) -> None:
        pass


later, other = Debouncer.create(publish), Debouncer.create(index)


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as problem:
        return type(problem).__name__


def count(*handles: WorkflowHandle) -> int:
    return len({handle.workflow_id for handle in handles})


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "documents",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    early = outcome(lambda: later.debounce("doc-1", HOUR, "a"))
    DBOS.launch()
    DBOS.register_queue("indexing")
    first = later.debounce("doc-1", HOUR, "a")
    delayed = first.get_status()
    second = later.debounce("doc-1", 0, "b")
    text = second.get_result()
    third = later.debounce("doc-1", 0, "c")
    for draft in ("a", "b"):
        other.debounce("doc-2", 0, draft)
        begun.acquire()
    at_once = ", ".join(running)
    go_on.set()
    mine = later.debounce("doc-3", HOUR, "a")
    again = Debouncer.create(publish).debounce("doc-3", HOUR, "b")
    theirs = other.debounce("doc-3", HOUR, "a")
    queued = Debouncer.create(publish, queue="indexing").debounce("doc-3", HOUR, "a")
    DBOS.cancel_workflow(mine.workflow_id)
    renewed = later.debounce("doc-3", HOUR, "c")
    with SetWorkflowID("save-1"):
        save("a")
    steps = [step["function_name"] for step in DBOS.list_workflow_steps("save-1")]
    print("called before the launch:", early)
    #> called before the launch: DBOSException
    print("after the first call:", delayed.status, "on", delayed.queue_name)
    #> after the first call: DELAYED on _dbos_internal_queue
    print("a period of an hour, then a call with 0 seconds:", text, "runs")
    #> a period of an hour, then a call with 0 seconds: b runs
    print("a call after the run:", count(first, second, third), "workflows")
    #> a call after the run: 2 workflows
    print("runs of one key that go on at once:", at_once)
    #> runs of one key that go on at once: a, b
    print("one key in two debouncers for one function:", count(mine, again), "workflow")
    #> one key in two debouncers for one function: 1 workflow
    print("one key for two functions:", count(mine, theirs), "workflows")
    #> one key for two functions: 2 workflows
    print("one key on two queues:", count(mine, queued), "workflows")
    #> one key on two queues: 2 workflows
    print(
        "a call after the waiting run was cancelled:", count(mine, renewed), "workflows"
    )
    #> a call after the waiting run was cancelled: 2 workflows
    print("steps of a call in a workflow:", *steps)
    #> steps of a call in a workflow: DBOS.debounce_delayed_workflow publish
    refused = outcome(lambda: Debouncer.create(Search.rebuild))
    print("`Debouncer.create` with a class method:", refused)
    #> `Debouncer.create` with a class method: TypeError
    DBOS.destroy()

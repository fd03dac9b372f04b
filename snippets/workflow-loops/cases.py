"""What grows in a loop, and what a run hands over to the next one."""
# expect: ok

import os
import re
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout, WorkflowStatus
from sqlalchemy import Engine, event

reads: list[str] = []


@DBOS.step()
def read_feed(page: int) -> int:
    return page + 1


@DBOS.workflow()
def loop(turns: int) -> None:
    page = 0
    for _ in range(turns):
        page = read_feed(page)
        DBOS.sleep(0.001)


@DBOS.workflow()
def chain(turns: int) -> None:
    read_feed(turns)
    if turns > 1:
        DBOS.enqueue_workflow("feeds", chain, turns - 1)


@DBOS.workflow()
def nest(turns: int) -> int:
    if turns > 1:
        return nest(turns - 1)
    return len(DBOS.list_workflows(status="PENDING"))


@DBOS.workflow()
def listen(page: int) -> str | None:
    if page == 2:
        return str(DBOS.recv(timeout_seconds=0.5))
    with SetWorkflowID(f"listen-{page + 1}"):
        DBOS.enqueue_workflow("feeds", listen, page + 1)
    return None


def count(statement: str) -> None:
    """Each record that a replay looks for is one statement."""
    if re.match(r"SELECT \w+\.operation_outputs\.output", statement):
        reads.append(statement)


def replay(workflow_id: str) -> int:
    steps = len(DBOS.list_workflow_steps(workflow_id))
    reads.clear()
    DBOS.fork_workflow(workflow_id, steps + 1).get_result()
    return len(reads)


def ended(prefix: str) -> list[WorkflowStatus]:
    """The runs, once none of them waits or runs."""
    while DBOS.list_queued_workflows():
        time.sleep(0.01)
    return DBOS.list_workflows(workflow_id_prefix=prefix)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "feeds",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("feeds", polling_interval_sec=0.05)
    event.listen(Engine, "before_cursor_execute", lambda *args: count(args[2]))
    for turns in (5, 20):
        with SetWorkflowID(f"loop-{turns}"):
            loop(turns)
    print("records of a loop after 5 turns:", len(DBOS.list_workflow_steps("loop-5")))
    #> records of a loop after 5 turns: 10
    print("records of a loop after 20 turns:", len(DBOS.list_workflow_steps("loop-20")))
    #> records of a loop after 20 turns: 40
    print("records that a replay of 20 turns reads:", replay("loop-20"))
    #> records that a replay of 20 turns reads: 40
    with SetWorkflowID("chain"), SetWorkflowTimeout(3600):
        DBOS.enqueue_workflow("feeds", chain, 4)
    runs = ended("chain")
    third = DBOS.list_workflow_steps(runs[2].workflow_id)
    print("records of the third of four runs:", len(third))
    #> records of the third of four runs: 2
    print("the id of the fourth run, when none is set:", runs[3].workflow_id)
    #> the id of the fourth run, when none is set: chain-2-2-2
    late = runs[3].workflow_deadline_epoch_ms == runs[0].workflow_deadline_epoch_ms
    print("the fourth has the deadline of the first:", late)
    #> the fourth has the deadline of the first: True
    print("five runs that each call the next, PENDING at once:", nest(5))
    #> five runs that each call the next, PENDING at once: 5
    with SetWorkflowID("listen-0"):
        listen(0)
    DBOS.send("listen-0", "stop")
    runs = ended("listen")
    print("sent to the first run, read by the third:", runs[2].output)
    #> sent to the first run, read by the third: None
    DBOS.destroy()

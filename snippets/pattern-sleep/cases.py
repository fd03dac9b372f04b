"""What a sleep and a delay do, case by case."""
# expect: ok

import asyncio
import os
import threading
import time
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID, WorkflowHandle

HOUR = 3600
go_on = threading.Event()


@DBOS.step()
def note(text: str) -> str:
    return text


@DBOS.workflow()
def sleep(seconds: float) -> str:
    DBOS.sleep(seconds)
    return note("awake")


@DBOS.workflow()
async def sleep_async() -> str:
    await DBOS.sleep_async(0.01)
    await asyncio.sleep(0.01)
    return note("awake")


@DBOS.workflow()
async def sleep_blocking() -> None:
    DBOS.sleep(0.01)


@DBOS.workflow()
def order() -> str:
    note("paid")
    with SetEnqueueOptions(delay_seconds=HOUR):
        return DBOS.enqueue_workflow("mails", sleep, 0).workflow_id


def steps(workflow_id: str) -> str:
    return ", ".join(s["function_name"] for s in DBOS.list_workflow_steps(workflow_id))


def run(workflow_id: str, workflow: Callable[..., object], *args: object) -> str:
    with SetWorkflowID(workflow_id):
        workflow(*args)
    return steps(workflow_id)


def later(delay: float) -> WorkflowHandle[str]:
    with SetEnqueueOptions(delay_seconds=delay):
        return DBOS.enqueue_workflow("mails", sleep, 0)


def status(handle: WorkflowHandle[str]) -> str:
    return handle.get_status().status


def outcome(call: Callable[[], object]) -> str:
    try:
        return f"returned {call()}"
    except Exception as problem:
        return type(problem).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reminders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("mails", polling_interval_sec=0.01)
    with SetWorkflowID("sleeper"):
        sleeper = DBOS.start_workflow(sleep, 1.5)
    while not steps("sleeper"):
        time.sleep(0.01)
    asleep = status(sleeper)
    began = time.time()
    short = later(0.3)
    short.get_result()
    waited = time.time() - began >= 0.3
    moved = later(HOUR)
    before = status(moved)
    DBOS.set_workflow_delay(moved.workflow_id, delay_seconds=0)
    moved.get_result()
    with SetWorkflowID("loop"):
        asyncio.run(sleep_async())
    with SetWorkflowID("order"):
        rest = DBOS.retrieve_workflow(order())
    both = status(DBOS.retrieve_workflow("order")), status(rest)
    print("steps of a sleep of 0.01 seconds:", run("a", sleep, 0.01))
    #> steps of a sleep of 0.01 seconds: DBOS.sleep, note
    print("steps of a sleep of 0 seconds:", run("b", sleep, 0))
    #> steps of a sleep of 0 seconds: note
    print("steps of `sleep_async` and `asyncio.sleep`:", steps("loop"))
    #> steps of `sleep_async` and `asyncio.sleep`: DBOS.sleep, note
    print(
        "`DBOS.sleep` in an async workflow:",
        outcome(lambda: asyncio.run(sleep_blocking())),
    )
    #> `DBOS.sleep` in an async workflow: RuntimeError
    print("`DBOS.sleep` outside a workflow:", outcome(lambda: DBOS.sleep(0.01)))
    #> `DBOS.sleep` outside a workflow: DBOSException
    print("status of a workflow that sleeps:", asleep)
    #> status of a workflow that sleeps: PENDING
    print("a delay of 0.3 s, at least 0.3 s waited:", waited)
    #> a delay of 0.3 s, at least 0.3 s waited: True
    print("a delay of an hour, then set to 0:", before, "then", status(moved))
    #> a delay of an hour, then set to 0: DELAYED then SUCCESS
    print("a workflow that enqueues its second half with a delay:", *both)
    #> a workflow that enqueues its second half with a delay: SUCCESS DELAYED
    DBOS.destroy()

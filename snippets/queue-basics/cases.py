"""What an enqueue and a registration accept, and what becomes of the job."""
# expect: ok
# types: bad-argument-count - a case is an argument too many

import asyncio
import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, Queue, WorkflowHandle

config: DBOSConfig = {
    "name": "reports",
    "application_version": "1",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}

POLL = 0.05


@DBOS.workflow()
def build_report(month: str) -> str:
    return f"report for {month}"


@DBOS.workflow()
async def build_report_async(month: str) -> str:
    return f"report for {month}"


@DBOS.step()
def send_report(month: str) -> str:
    return f"sent {month}"


def plain_report(month: str) -> str:
    return f"report for {month}"


def register(name: str, seconds: float = POLL) -> Queue:
    return DBOS.register_queue(name, polling_interval_sec=seconds)


def outcome(call: Callable[[], object]) -> object:
    try:
        return call()
    except Exception as error:
        kind, text = type(error).__name__, str(error).removeprefix("DBOS Error: ")
        return f"{kind}, {text}" if len(text) < 40 else kind


def result(run: WorkflowHandle[str]) -> str:
    return run.get_result(polling_interval_sec=POLL)


def state(run: WorkflowHandle[str]) -> str:
    status = run.get_status()
    return f"{status.name} {status.status}"


async def on_the_loop() -> str:
    await DBOS.register_queue_async("loop", polling_interval_sec=POLL)
    run = await DBOS.enqueue_workflow_async("loop", build_report_async, "May")
    return await run.get_result(polling_interval_sec=POLL)


async def blocking_call() -> object:
    return outcome(lambda: register("loop"))


if __name__ == "__main__":
    DBOS(config=config)
    print("registered before the launch:", outcome(lambda: register("reports")))
    #> registered before the launch: DBOSException
    DBOS.launch()
    waiting = DBOS.enqueue_workflow("reports", build_report, "May")
    reports = register("reports")
    print("enqueued first, registered afterwards:", result(waiting))
    #> enqueued first, registered afterwards: report for May
    register("slow", 60)
    slow = DBOS.enqueue_workflow("slow", build_report, "May")
    for month in ("May", "June", "July"):
        result(DBOS.enqueue_workflow("reports", build_report, month))
    print("polled every 60 s, after three jobs elsewhere:", state(slow))
    #> polled every 60 s, after three jobs elsewhere: build_report ENQUEUED
    print("`Queue.enqueue`:", result(reports.enqueue(build_report, "June")))
    #> `Queue.enqueue`: report for June
    step = DBOS.enqueue_workflow("reports", send_report, "June")
    result(step)
    print("a step as a job, its temporary workflow:", state(step))
    #> a step as a job, its temporary workflow: <temp>.send_report SUCCESS
    plain = outcome(lambda: DBOS.enqueue_workflow("reports", plain_report, "June"))
    print("a function without a decorator:", plain)
    #> a function without a decorator: DBOSWorkflowFunctionNotFoundError
    unfit = DBOS.enqueue_workflow("reports", build_report, "June", "2026")
    error = outcome(lambda: result(unfit))
    print("an argument too many:", error)
    #> an argument too many: TypeError
    print("a name that begins with `_dbos_`:", outcome(lambda: register("_dbos_x")))
    #> a name that begins with `_dbos_`: ValueError
    print("a poll every 0 s:", outcome(lambda: register("reports", 0)))
    #> a poll every 0 s: ValueError, polling_interval_sec must be positive
    print("`register_queue` on an event loop:", asyncio.run(blocking_call()))
    #> `register_queue` on an event loop: RuntimeError
    DBOS.destroy()
    DBOS(config=config)
    DBOS.launch()
    again = DBOS.enqueue_workflow("reports", build_report, "July")
    print("a restart of the same version, registering nothing:", result(again))
    #> a restart of the same version, registering nothing: report for July
    print("the `_async` methods on an event loop:", asyncio.run(on_the_loop()))
    #> the `_async` methods on an event loop: report for May
    DBOS.destroy()

"""How a step ends that is past its timeout, and what is recorded of it."""
# expect: ok

import asyncio
import os
from collections.abc import Awaitable, Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

LIMIT = 0.2
attempts: list[str] = []


async def late() -> str:
    await asyncio.sleep(3600)
    return "late"


ask = DBOS.step(name="ask", timeout_seconds=LIMIT)(late)
ask_without = DBOS.step(name="ask_without")(late)


@DBOS.step(timeout_seconds=LIMIT, retries_allowed=True, interval_seconds=0)
async def insist() -> str:
    attempts.append("ask")
    return await late()


async def time_limit() -> str:
    async with asyncio.timeout(LIMIT):
        return await ask_without()


CALLS: dict[str, Callable[[], Awaitable[object]]] = {
    "ask": ask,
    "run_step": lambda: DBOS.run_step_async({"timeout_seconds": LIMIT}, late),
    "insist": insist,
    "wait_for": lambda: asyncio.wait_for(ask_without(), LIMIT),
    "timeout": time_limit,
}


@DBOS.workflow()
async def work(call: str) -> str:
    try:
        return str(await CALLS[call]())
    except Exception as failure:
        return type(failure).__name__


def run(call: str) -> str:
    with SetWorkflowID(call):
        DBOS.start_workflow(work, call)
    result = DBOS.retrieve_workflow(call).get_result()
    steps = DBOS.list_workflow_steps(call)
    kept = [step["output"] or type(step["error"]).__name__ for step in steps]
    return f"{result}, record {', '.join(kept) or 'none'}"


def refusal(seconds: float, function: Callable[..., object]) -> str:
    try:
        DBOS.step(timeout_seconds=seconds)(function)
    except error.DBOSException as failure:
        return str(failure).partition(". ")[2]
    return "accepted"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shipping",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("a step with `timeout_seconds`:", run("ask"))
    #> a step with `timeout_seconds`: DBOSStepTimeoutError, record DBOSStepTimeoutError
    print("options of `run_step_async`:", run("run_step"))
    #> options of `run_step_async`: DBOSStepTimeoutError, record DBOSStepTimeoutError
    print("`asyncio.wait_for` around a step:", run("wait_for"))
    #> `asyncio.wait_for` around a step: TimeoutError, record none
    print("`asyncio.timeout` around a step:", run("timeout"))
    #> `asyncio.timeout` around a step: TimeoutError, record none
    retried = run("insist").partition(",")[0]
    print("a limit and retries:", f"{retried}, {len(attempts)} attempts")
    #> a limit and retries: DBOSMaxStepRetriesExceeded, 3 attempts
    print("a sync step:", refusal(1, os.getcwd))
    #> a sync step: Step timeouts are only supported for async steps.
    print("`timeout_seconds=0`:", refusal(0, late))
    #> `timeout_seconds=0`: Step timeouts must be positive and finite.
    DBOS.destroy()

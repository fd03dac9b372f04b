"""Attempts, waits and errors of a step that always fails."""
# expect: ok

import asyncio
import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from unittest import mock

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions

attempts: list[int] = []
waits: list[float] = []  # What the retries wait: noted, and not waited for.
HOUR = {"interval_seconds": 1000, "backoff_rate": 4}


def ask() -> str:
    attempts.append(1)
    raise ConnectionError(f"answer {len(attempts)}")


async def ask_async() -> str:
    return ask()


def cancel_and_ask() -> str:
    if len(attempts) == 1 and DBOS.workflow_id:
        DBOS.cancel_workflow(DBOS.workflow_id)
    return ask()


@DBOS.step(retries_allowed=True)
def retried() -> str:
    return ask()


@DBOS.workflow()
def offer(options: StepOptions, function: Callable[[], str]) -> str:
    return DBOS.run_step(options, function)


@DBOS.workflow()
async def offer_async(options: StepOptions) -> str:
    return await DBOS.run_step_async(options, ask_async)


def outcome(call: Callable[[], Any]) -> str:
    attempts.clear()
    waits.clear()
    try:
        call()
        end = "no error"
    except Exception as error:
        end = type(error).__name__
    return f"{len(attempts)} attempt{'s' * (len(attempts) != 1)}, {end}"


def run(function: Callable[[], str] = ask, **options: Any) -> str:
    on: Any = {"retries_allowed": True, **options}
    with SetWorkflowID(f"offer-{len(DBOS.list_workflows()) + 1}"):
        return outcome(lambda: offer(on, function))


def run_async(**options: Any) -> str:
    on: Any = {"retries_allowed": True, "interval_seconds": 0, **options}
    return outcome(lambda: asyncio.run(offer_async(on)))


def waited(**options: Any) -> str:
    run(**options)
    return f"waits of {' and '.join(f'{wait:g}' for wait in waits)} seconds"


def recorded(workflow_id: str) -> str:
    steps = DBOS.list_workflow_steps(workflow_id)
    failures = getattr(steps[0]["error"], "errors", [])
    return f"{len(steps)} with {', '.join(map(str, failures))}"


def fork(workflow_id: str) -> str:
    return outcome(lambda: DBOS.fork_workflow(workflow_id, 2).get_result())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "offers",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with mock.patch("dbos._outcome.time", SimpleNamespace(sleep=waits.append)):
        print("`retries_allowed=True` alone:", run())
        #> `retries_allowed=True` alone: 3 attempts, DBOSMaxStepRetriesExceeded
        print("records of the three attempts:", recorded("offer-1"))
        #> records of the three attempts: 1 with answer 1, answer 2, answer 3
        print("a fork that reads the record:", fork("offer-1"))
        #> a fork that reads the record: 0 attempts, DBOSMaxStepRetriesExceeded
        print("the waits by default:", waited())
        #> the waits by default: waits of 1 and 2 seconds
        print("`interval_seconds=1000`, `backoff_rate=4`:", waited(**HOUR))
        #> `interval_seconds=1000`, `backoff_rate=4`: waits of 1000 and 3600 seconds
        print("`max_attempts=1`:", run(max_attempts=1))
        #> `max_attempts=1`: 1 attempt, DBOSMaxStepRetriesExceeded
        print("`max_attempts=0`:", run(max_attempts=0))
        #> `max_attempts=0`: 0 attempts, AssertionError
        print("an async step:", run_async())
        #> an async step: 3 attempts, DBOSMaxStepRetriesExceeded
        print("called outside a workflow:", outcome(retried))
        #> called outside a workflow: 1 attempt, ConnectionError
        print("called by a step without retries:", run(retried, retries_allowed=False))
        #> called by a step without retries: 1 attempt, ConnectionError
        print("cancelled in attempt 2:", run(cancel_and_ask))
        #> cancelled in attempt 2: 3 attempts, DBOSAwaitedWorkflowCancelledError
    DBOS.destroy()

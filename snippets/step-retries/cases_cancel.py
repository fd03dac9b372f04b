"""What a cancel does to the attempts of a step, and to its record."""
# expect: ok
# since: 3.4

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID

attempts: list[int] = []
cancelled: list[str] = []


async def cancel(failure: BaseException) -> bool:
    """Comes between an attempt and the wait for the next one."""
    if len(attempts) == 1:
        await DBOS.cancel_workflow_async("offer-2")
    return True


@DBOS.step(retries_allowed=True, interval_seconds=0)
def ask() -> None:
    attempts.append(1)
    if not cancelled:
        cancelled.append("offer-1")
        DBOS.cancel_workflow("offer-1")
    raise ConnectionError("gateway timeout")


@DBOS.step(retries_allowed=True, preemptible=True, interval_seconds=0)
async def ask_slowly() -> None:
    attempts.append(1)
    await DBOS.cancel_workflow_async("offer-3")
    await asyncio.sleep(30)


@DBOS.step(
    retries_allowed=True, preemptible=True, interval_seconds=0, should_retry=cancel
)
async def ask_at_once() -> None:
    attempts.append(1)
    raise ConnectionError("gateway timeout")


@DBOS.workflow()
def offer() -> None:
    ask()


@DBOS.workflow()
async def offer_slowly() -> None:
    await ask_slowly()


@DBOS.workflow()
async def offer_at_once() -> None:
    await ask_at_once()


def count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def outcome(workflow_id: str, run: Callable[[], object]) -> str:
    attempts.clear()
    with SetWorkflowID(workflow_id), suppress(Exception):
        run()
    records = count(len(DBOS.list_workflow_steps(workflow_id)), "record")
    status = DBOS.retrieve_workflow(workflow_id).get_status().status
    return f"{count(len(attempts), 'attempt')}, {records}, {status}"


def resume() -> None:
    DBOS.resume_workflow("offer-1").get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "offers",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("cancelled in attempt 1, and all fail:", outcome("offer-1", offer))
    #> cancelled in attempt 1, and all fail: 3 attempts, 0 records, CANCELLED
    print("the same workflow, resumed:", outcome("offer-1", resume))
    #> the same workflow, resumed: 3 attempts, 1 record, ERROR
    at_once = outcome("offer-2", lambda: asyncio.run(offer_at_once()))
    print("`preemptible=True`, cancelled after attempt 1:", at_once)
    #> `preemptible=True`, cancelled after attempt 1: 3 attempts, 0 records, CANCELLED
    slowly = outcome("offer-3", lambda: asyncio.run(offer_slowly()))
    print("`preemptible=True`, cancelled within attempt 1:", slowly)
    #> `preemptible=True`, cancelled within attempt 1: 1 attempt, 0 records, CANCELLED
    DBOS.destroy()

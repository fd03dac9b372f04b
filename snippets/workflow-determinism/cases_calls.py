"""Which calls of DBOS count when the order changes, and who catches the error."""
# expect: ok
# since: 3.4

import asyncio
import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, error


@DBOS.step()
def charge() -> str:
    return "charged"


@DBOS.step()
async def reserve() -> str:
    return "reserved"


@DBOS.step()
async def ship() -> str:
    return "shipped"


def sleep() -> str:
    DBOS.sleep(0.01)
    return "slept"


def set_event() -> str:
    DBOS.set_event("state", "begun")
    return "set"


def receive() -> str:
    return str(DBOS.recv(timeout_seconds=0))


Call = Callable[[], str]
plan: list[Call] = []  # Stands for an outside value that decides what is called.


@DBOS.workflow()
def fulfil() -> list[str]:
    return [call() for call in plan]


@DBOS.workflow()
def fulfil_or_log() -> str:
    try:
        return ", ".join(call() for call in plan)
    except Exception as failure:
        return f"caught {str(failure)[:13]}"


@DBOS.workflow()
async def fulfil_async() -> list[str]:
    calls = (ship, reserve) if plan else (reserve, ship)
    return [await call() for call in calls]


def replay(workflow_id: str) -> str:
    handle = DBOS.fork_workflow(workflow_id, start_step=99)
    try:
        return f"{handle.get_result()}, {handle.get_status().status}"
    except error.DBOSUnexpectedStepError as failure:
        return str(failure)[:13]


def replayed(first: list[Call], second: list[Call], logs: bool = False) -> str:
    """Runs the first plan, and replays its record with the second plan."""
    plan[:] = first
    workflow_id = "-".join(call.__name__ for call in first)
    with SetWorkflowID(workflow_id):
        fulfil_or_log() if logs else fulfil()
    plan[:] = second
    return replay(workflow_id)


def swapped_async() -> str:
    plan.clear()
    with SetWorkflowID("async"):
        asyncio.run(fulfil_async())
    plan.append(charge)
    return replay("async")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "fulfilment",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    # Each replay waits up to a second for an internal queue.
    print("a sleep added before a step:", replayed([charge], [sleep, charge]))
    #> a sleep added before a step: DBOS Error 11
    print("an event left out before a step:", replayed([set_event, charge], [charge]))
    #> an event left out before a step: DBOS Error 11
    print("a `recv` left out before a step:", replayed([receive, charge], [charge]))
    #> a `recv` left out before a step: DBOS Error 11
    print("two async steps swapped:", swapped_async())
    #> two async steps swapped: DBOS Error 11
    ends = replayed([sleep, set_event], [set_event, sleep], logs=True)
    print("two calls swapped, `except Exception` around them:", ends)
    #> two calls swapped, `except Exception` around them: caught DBOS Error 11, SUCCESS
    DBOS.destroy()

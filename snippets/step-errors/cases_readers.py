"""Where the error itself arrives, and where a stored one is read."""
# expect: ok
# It needs httpx, and asks no network.

import asyncio
import os
from collections.abc import Callable

import httpx
from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
MISSING = httpx.Response(404, request=httpx.Request("GET", "https://shop.example"))


@DBOS.step()
def read_order() -> None:
    MISSING.raise_for_status()


@DBOS.step(retries_allowed=True, max_attempts=2, interval_seconds=0)
def read_twice() -> None:
    MISSING.raise_for_status()


@DBOS.workflow()
def look_up() -> None:
    read_order()


@DBOS.workflow()
def insist() -> None:
    read_twice()


@DBOS.workflow()
def start() -> str:
    return raised(DBOS.start_workflow(look_up).get_result)


@DBOS.workflow()
def enqueue() -> str:
    return raised(DBOS.enqueue_workflow("lookups", look_up).get_result)


@DBOS.step()
async def read_async() -> None:
    MISSING.raise_for_status()


@DBOS.workflow()
async def look_up_async() -> None:
    await read_async()


def raised(call: Callable[[], object]) -> str:
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return "nothing"


def named(workflow_id: str, call: Callable[[], object]) -> str:
    with SetWorkflowID(workflow_id):
        return raised(call)


def again(workflow_id: str) -> str:
    return raised(DBOS.retrieve_workflow(workflow_id).get_result)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("lookups", polling_interval_sec=0.1)
    print("a direct call:", named("one", look_up))
    #> a direct call: HTTPStatusError
    print("a second call under the same id:", named("one", look_up))
    #> a second call under the same id: TypeError
    print("a parent that starts the child:", start())
    #> a parent that starts the child: HTTPStatusError
    print("a parent that enqueues the child:", enqueue())
    #> a parent that enqueues the child: TypeError
    client = DBOSClient(system_database_url=URL)
    print("a client:", raised(client.retrieve_workflow("one").get_result))
    #> a client: TypeError
    client.destroy()
    retried = f"{named('insist', insist)}, then {again('insist')}"
    print("a step with retries, and read again:", retried)
    #> a step with retries, and read again: DBOSMaxStepRetriesExceeded, then TypeError
    first = named("async", lambda: asyncio.run(look_up_async()))
    print("an async workflow, and read again:", f"{first}, then {again('async')}")
    #> an async workflow, and read again: HTTPStatusError, then TypeError
    found = DBOS.retrieve_workflow("one").get_status()
    ending = f"{found.status}, {type(found.error).__name__}"
    print("the status, and the type of its field `error`:", ending)
    #> the status, and the type of its field `error`: ERROR, str
    step = DBOS.list_workflow_steps("one")[0]
    print("the field `error` of the step:", type(step["error"]).__name__)
    #> the field `error` of the step: str
    DBOS.destroy()

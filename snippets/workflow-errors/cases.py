"""What each caller of a failed workflow catches."""
# expect: ok

import asyncio
import os
from collections.abc import Callable

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///checkout.sqlite")
calls: list[str] = []


class CardError(Exception):
    """Its code is no argument, but an attribute."""

    code = 0


@DBOS.step()
def charge(order: str) -> None:
    calls.append(order)
    failure = CardError("card")
    failure.code = 51
    raise failure from TimeoutError("bank")


@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)


@DBOS.workflow()
def shop(order: str) -> str:
    """Catches the error of its child."""
    return seen(lambda: call(order))


def call(order: str) -> None:
    with SetWorkflowID(order):
        checkout(order)


async def call_async() -> None:
    handle = await DBOS.retrieve_workflow_async("order-1")
    await handle.get_result()


def start(order: str) -> None:
    with SetWorkflowID(order):
        DBOS.start_workflow(checkout, order).get_result()


def enqueue() -> None:
    with SetWorkflowID("order-1"):
        DBOS.enqueue_workflow("orders", checkout, "order-1").get_result()


def ask_client() -> None:
    client = DBOSClient(system_database_url=URL)
    try:
        client.retrieve_workflow("order-1").get_result()
    finally:
        client.destroy()


def facts(failure: object) -> str:
    cause = getattr(failure, "__cause__", None)
    named = f"cause {type(cause).__name__}" if cause else "no cause"
    return f"{type(failure).__name__}, code {getattr(failure, 'code', None)}, {named}"


def seen(attempt: Callable[[], None]) -> str:
    try:
        attempt()
    except Exception as failure:
        return facts(failure)
    return "no error"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("the call that fails:", seen(lambda: call("order-1")))
    #> the call that fails: CardError, code 51, cause TimeoutError
    print("the handle of the start that runs it:", seen(lambda: start("order-3")))
    #> the handle of the start that runs it: CardError, code 51, cause TimeoutError
    print("a second call under that id:", seen(lambda: call("order-1")))
    #> a second call under that id: CardError, code 51, no cause
    print("a start under that id:", seen(lambda: start("order-1")))
    #> a start under that id: CardError, code 51, no cause
    print("an enqueue under that id:", seen(enqueue))
    #> an enqueue under that id: CardError, code 51, no cause
    print("a retrieved handle:", seen(DBOS.retrieve_workflow("order-1").get_result))
    #> a retrieved handle: CardError, code 51, no cause
    print("a handle of a client:", seen(ask_client))
    #> a handle of a client: CardError, code 51, no cause
    failed = DBOS.retrieve_workflow("order-1").get_status()
    print("the status, its `error`:", facts(failed.error))
    #> the status, its `error`: CardError, code 51, no cause
    print("how often the step of that id ran:", calls.count("order-1"))
    #> how often the step of that id ran: 1
    with SetWorkflowID("shop-1"):
        caught = shop("order-2")
    print("a parent that catches its child's error:", caught)
    #> a parent that catches its child's error: CardError, code 51, cause TimeoutError
    again = DBOS.fork_workflow("shop-1", 9).get_result()
    print("that parent, forked from its end:", again)
    #> that parent, forked from its end: CardError, code 51, no cause
    caught = seen(lambda: asyncio.run(call_async()))
    print("an async handle of the failed workflow:", caught)
    #> an async handle of the failed workflow: CardError, code 51, no cause
    DBOS.destroy()

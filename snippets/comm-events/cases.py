"""What a reader of events gets, case by case."""
# expect: ok
# since: 3.4

import asyncio
import inspect
import os
import threading
from collections.abc import Callable

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
started, cancelled = threading.Event(), threading.Event()
attempts: list[int] = []


@DBOS.workflow()
def checkout(order: str) -> None:
    DBOS.set_event("discount", None)
    DBOS.set_event("state", "packed")
    DBOS.set_event("state", "sent")


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0.01)
def load() -> None:
    attempts.append(len(attempts) + 1)
    DBOS.set_event("attempt", attempts[-1])
    raise ConnectionError("the file server is busy")


@DBOS.workflow()
def import_orders() -> None:
    load()


@DBOS.step()
def print_labels() -> None:
    DBOS.set_event("labels", "begun")
    started.set()
    cancelled.wait()
    DBOS.set_event("labels", "printed")


@DBOS.workflow()
def ship() -> None:
    print_labels()


def outcome(call: Callable[[], object]) -> str:
    try:
        return repr(call())
    except BaseException as problem:
        return type(problem).__name__


async def read_blocking() -> str:
    return outcome(lambda: DBOS.get_event("order-1", "state", timeout_seconds=0))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        checkout("order-1")
    with SetWorkflowID("import-1"):
        outcome(import_orders)
    with SetWorkflowID("ship-1"):
        shipping = DBOS.start_workflow(ship)
    started.wait()
    DBOS.cancel_workflow("ship-1")
    cancelled.set()
    outcome(shipping.get_result)
    client = DBOSClient(system_database_url=URL)
    seconds = inspect.signature(DBOS.get_event).parameters["timeout_seconds"].default
    # No process runs that version, so the fork does not start.
    fork = DBOS.fork_workflow("order-1", 3, application_version="next").workflow_id
    answer = asyncio.run(DBOS.get_event_async("order-1", "state", timeout_seconds=0))

    def look(order: str, key: str) -> object:
        return DBOS.get_event(order, key, timeout_seconds=0.01)

    print("a key that nobody publishes:", look("order-1", "invoice"))
    #> a key that nobody publishes: None
    print("a key with a published None:", look("order-1", "discount"))
    #> a key with a published None: None
    print("a workflow id that does not exist:", look("order-7", "state"))
    #> a workflow id that does not exist: None
    print("all events, with a published None:", DBOS.get_all_events("order-1"))
    #> all events, with a published None: {'discount': None, 'state': 'sent'}
    print("all events of an id that does not exist:", DBOS.get_all_events("order-7"))
    #> all events of an id that does not exist: {}
    print("two values under one key, after the end:", repr(look("order-1", "state")))
    #> two values under one key, after the end: 'sent'
    print("the timeout when none is given:", seconds, "seconds")
    #> the timeout when none is given: 60 seconds
    print("read with a `DBOSClient`:", repr(client.get_event("order-1", "state", 0)))
    #> read with a `DBOSClient`: 'sent'
    unknown = outcome(lambda: client.retrieve_workflow("order-7"))
    print("an unknown id, looked up by a `DBOSClient`:", unknown)
    #> an unknown id, looked up by a `DBOSClient`: DBOSNonExistentWorkflowError
    print("read with `get_event` on an event loop:", asyncio.run(read_blocking()))
    #> read with `get_event` on an event loop: RuntimeError
    print("read with `get_event_async`:", answer)
    #> read with `get_event_async`: sent
    print("published outside a workflow:", outcome(lambda: DBOS.set_event("a", 1)))
    #> published outside a workflow: DBOSException
    print("published by failed attempts:", look("import-1", "attempt"), "of", attempts)
    #> published by failed attempts: 3 of [1, 2, 3]
    print("begun in a step, printed after a cancel:", repr(look("ship-1", "labels")))
    #> begun in a step, printed after a cancel: 'begun'
    print("copied by `fork_workflow` from step 3:", DBOS.get_all_events(fork))
    #> copied by `fork_workflow` from step 3: {'discount': None, 'state': 'packed'}
    client.destroy()
    DBOS.destroy()

"""What a second fork, rewind or resume does, and how to find the first one."""
# expect: ok
# since: 3.4

import asyncio
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, error
from sqlalchemy.exc import IntegrityError

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///checkout.sqlite")
shipped: list[str] = []
carrier_is_down = True
arrived = threading.Event()


@DBOS.step()
def ship(order: str) -> None:
    if carrier_is_down:
        raise ConnectionError("carrier is down")
    shipped.append(order)
    arrived.wait()


@DBOS.workflow()
def checkout(order: str) -> str:
    ship(order)
    return f"{order} shipped"


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except IntegrityError as failure:
        return type(failure).__name__
    except error.DBOSException as failure:
        return str(failure).split(":")[1].strip()


def fork(fork_id: str) -> str:
    with SetWorkflowID(fork_id):
        return DBOS.fork_workflow("order-1", 1, queue_name="nowhere").workflow_id


async def fork_async(fork_id: str) -> str:
    with SetWorkflowID(fork_id):
        handle = await DBOS.fork_workflow_async("order-1", 1, queue_name="nowhere")
    return handle.workflow_id


def fork_by_client(fork_id: str) -> str:
    client = DBOSClient(system_database_url=URL)
    try:
        with SetWorkflowID(fork_id):
            return client.fork_workflow("order-1", 1, queue_name="nowhere").workflow_id
    finally:
        client.destroy()


def wait_until_shipped(times: int) -> None:
    while len(shipped) < times:
        time.sleep(0.01)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for order in ("order-1", "order-2"):
        with SetWorkflowID(order), suppress(ConnectionError):
            checkout(order)
    carrier_is_down = False
    fork("again")
    print("a second fork under the id of a first one:", outcome(lambda: fork("again")))
    #> a second fork under the id of a first one: IntegrityError
    by_client = outcome(lambda: fork_by_client("again"))
    also = outcome(lambda: asyncio.run(fork_async("again")))
    print("a client's and an async fork under it:", by_client, "and", also)
    #> a client's and an async fork under it: IntegrityError and IntegrityError
    with ThreadPoolExecutor(4) as pool:
        ids = [*pool.map(lambda _: outcome(lambda: fork("at-once")), range(4))]
    print("refused of four forks at once:", ids.count("IntegrityError"))
    #> refused of four forks at once: 3
    DBOS.fork_workflow("again", 1, queue_name="nowhere")
    found = {run.workflow_id for run in DBOS.list_workflows(forked_from="order-1")}
    print("forks that `forked_from` finds:", ", ".join(sorted(found)))
    #> forks that `forked_from` finds: again, at-once
    count = len(DBOS.list_workflows(is_fork=True))
    print("forks that `is_fork=True` finds, with a fork's fork:", count)
    #> forks that `is_fork=True` finds, with a fork's fork: 3
    DBOS.rewind_workflow("order-2")
    wait_until_shipped(1)
    again = outcome(lambda: DBOS.rewind_workflow("order-2"))
    print("a second rewind while it runs:", again)
    #> a second rewind while it runs: Cannot rewind order-2 (PENDING)
    DBOS.resume_workflow("order-2")
    wait_until_shipped(2)
    print("resumed while it runs, its step ran:", f"{len(shipped)} times")
    #> resumed while it runs, its step ran: 2 times
    DBOS.cancel_workflow("order-2")
    DBOS.rewind_workflow("order-2")
    wait_until_shipped(3)
    print("then cancelled and rewound:", f"{len(shipped)} times")
    #> then cancelled and rewound: 3 times
    arrived.set()
    DBOS.retrieve_workflow("order-2").get_result()
    DBOS.rewind_workflow("order-2").get_result()
    print("rewound after SUCCESS:", f"{len(shipped)} times")
    #> rewound after SUCCESS: 4 times
    DBOS.destroy()

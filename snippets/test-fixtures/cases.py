"""What the end of one test leaves behind for the next."""
# expect: ok
# since: 3.4
# Takes some seconds: DBOS is launched again and again.

import asyncio
import os
import threading

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "notification_listener_polling_interval_sec": 0.01,  # Shortens the many ends.
    "log_level": "CRITICAL",
}
ran: list[str] = []
ships, packs, may_end = threading.Event(), threading.Event(), threading.Event()


@DBOS.step()
def ship(order: str) -> None:
    ran.append("ship")
    ships.set()
    may_end.wait(10)


@DBOS.step()
async def pack(order: str) -> None:
    packs.set()
    await asyncio.sleep(0.3)


@DBOS.workflow()
def deliver(order: str) -> str:
    ship(order)
    return f"{order} is shipped"


@DBOS.workflow()
async def deliver_async(order: str) -> str:
    await pack(order)
    return f"{order} is packed"


def launch() -> None:
    DBOS(config=config)
    DBOS.launch()


def status(workflow_id: str) -> str:
    """Looks without a launch."""
    client = DBOSClient(system_database_url=URL)
    found = client.retrieve_workflow(workflow_id).get_status()
    client.destroy()
    return found.status + (f", {type(found.error).__name__}" if found.error else "")


def cut_off(order: str, seconds: int) -> str:
    packs.clear()
    launch()
    with SetWorkflowID(order):
        DBOS.start_workflow(deliver_async, order)
    packs.wait(10)
    DBOS.destroy(workflow_completion_timeout_sec=seconds)
    return status(order)


def two_loops() -> str:
    first = asyncio.run(deliver_async("order-4"))
    second = asyncio.run(deliver_async("order-5"))
    return f"{first}, {second}"


if __name__ == "__main__":
    launch()
    with SetWorkflowID("order-1"):
        DBOS.start_workflow(deliver, "order-1")
    ships.wait(10)
    DBOS.destroy()
    print("a workflow that runs when the test ends:", status("order-1"))
    #> a workflow that runs when the test ends: PENDING
    may_end.set()
    launch()
    DBOS.retrieve_workflow("order-1").get_result()
    print("the step of that workflow, in the next test:", f"ran {len(ran)} times")
    #> the step of that workflow, in the next test: ran 2 times
    print("an event loop for each test:", two_loops())
    #> an event loop for each test: order-4 is packed, order-5 is packed
    DBOS.destroy()
    print("an async workflow, ended with 3 seconds:", cut_off("order-3", 3))
    #> an async workflow, ended with 3 seconds: SUCCESS

"""What becomes of a workflow when the task that waits for it is cancelled."""
# expect: ok
# since: 3.4

import asyncio
import os
import threading
import time
from collections.abc import Awaitable, Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID

begun = threading.Event()
bank = threading.Event()
charges: list[str | None] = []


@DBOS.step()
async def charge() -> str:
    begun.set()
    while not bank.is_set():
        await asyncio.sleep(0.01)
    charges.append(DBOS.workflow_id)
    return "paid"


@DBOS.workflow()
async def checkout() -> str:
    return await charge()


@DBOS.workflow()
async def wait_for_message() -> str | None:
    begun.set()
    return await DBOS.recv_async(timeout_seconds=1.5)


@DBOS.workflow()
def checkout_sync() -> None:
    begun.set()
    bank.wait()


async def in_thread() -> None:
    await asyncio.to_thread(checkout_sync)


async def in_shield() -> str:
    return await asyncio.shield(asyncio.ensure_future(checkout()))


async def start() -> str:
    return await (await DBOS.start_workflow_async(checkout)).get_result()


async def enqueue() -> str:
    return await (await DBOS.enqueue_workflow_async("orders", checkout)).get_result()


async def cut_off(order: str, request: Callable[[], Awaitable[object]]) -> str:
    begun.clear()
    bank.clear()
    with SetWorkflowID(order):
        task = asyncio.ensure_future(request())
        await asyncio.to_thread(begun.wait)
    task.cancel()
    await asyncio.wait([task])
    bank.set()
    return await status(order)


async def status(order: str) -> str:
    """Waits for the end, but not for ever."""
    end, name = time.monotonic() + 2, ""
    while name != "SUCCESS" and time.monotonic() < end:
        await asyncio.sleep(0.05)
        found = await DBOS.get_workflow_status_async(order)
        name = found.status if found else "unknown"
    return name


async def leave(order: str) -> None:
    bank.clear()
    with SetWorkflowID(order):
        await DBOS.start_workflow_async(checkout)
        await asyncio.to_thread(begun.wait)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    print("cut off in an async step:", asyncio.run(cut_off("step", checkout)))
    #> cut off in an async step: PENDING
    recorded = len(DBOS.list_workflow_steps("step"))
    print("what that step has recorded and charged:", recorded, len(charges))
    #> what that step has recorded and charged: 0 0
    again = DBOS.resume_workflow("step").get_result()
    print("the workflow of that step, resumed:", again)
    #> the workflow of that step, resumed: paid
    print("cut off in `recv_async`:", asyncio.run(cut_off("recv", wait_for_message)))
    #> cut off in `recv_async`: PENDING
    print("awaited in `asyncio.shield`:", asyncio.run(cut_off("shield", in_shield)))
    #> awaited in `asyncio.shield`: SUCCESS
    print("a sync workflow in `to_thread`:", asyncio.run(cut_off("thread", in_thread)))
    #> a sync workflow in `to_thread`: SUCCESS
    print("started, and the wait cut off:", asyncio.run(cut_off("start", start)))
    #> started, and the wait cut off: SUCCESS
    print("enqueued, and the wait cut off:", asyncio.run(cut_off("enqueue", enqueue)))
    #> enqueued, and the wait cut off: SUCCESS
    asyncio.run(leave("left"))
    bank.set()
    print("started, and `asyncio.run` ends before:", asyncio.run(status("left")))
    #> started, and `asyncio.run` ends before: PENDING
    DBOS.destroy()

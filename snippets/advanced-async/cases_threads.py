"""Where a workflow's body runs when it is called from an event loop."""
# expect: ok
# types: bad-argument-type - one case is a synchronous workflow where none belongs

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


def running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


bodies: list[str] = []
places: list[asyncio.AbstractEventLoop | None] = []


@DBOS.workflow()
def ship(order: str) -> str:
    bodies.append(order)
    places.append(running_loop())
    return f"{order} shipped"


@DBOS.workflow()
async def ship_async(order: str) -> None:
    places.append(running_loop())


def where() -> str:
    """Where the last body ran, seen from the running loop."""
    here = {None: "in a thread", running_loop(): "in the caller's loop"}
    return here.get(places[-1], "in another loop")


async def outcome(order: str) -> str:
    with SetWorkflowID(order):
        handle = await DBOS.start_workflow_async(ship, order)
    try:
        return str(await handle.get_result())
    except Exception as error:
        return f"{type(error).__name__} after {bodies.count(order)} run"


def launch() -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)
    DBOS.launch()


async def from_queue(order: str) -> str:
    """Where the asynchronous workflow runs that a queue's worker starts."""
    await DBOS.register_queue_async("orders", polling_interval_sec=0.1)
    handle = await DBOS.enqueue_workflow_async("orders", ship_async, order)
    await handle.get_result()
    return where()


async def launched_before() -> list[str]:
    ship("order-1")
    direct = where()
    handle = await asyncio.to_thread(DBOS.start_workflow, ship, "order-2")
    await asyncio.to_thread(handle.get_result)
    started = where()
    await ship_async("order-3")
    awaited = where()
    queued = await from_queue("order-4")
    return [direct, started, awaited, queued, await outcome("order-5")]


async def launched_inside() -> str:
    launch()
    seen = await from_queue("order-6")
    await asyncio.to_thread(DBOS.destroy)
    return seen


if __name__ == "__main__":
    launch()
    direct, started, awaited, queued, refused = asyncio.run(launched_before())
    print("a synchronous workflow, called directly:", direct)
    #> a synchronous workflow, called directly: in the caller's loop
    print("a synchronous workflow, by `start_workflow`:", started)
    #> a synchronous workflow, by `start_workflow`: in a thread
    print("a synchronous workflow, by `start_workflow_async`:", refused)
    #> a synchronous workflow, by `start_workflow_async`: TypeError after 1 run
    print("an asynchronous workflow, awaited:", awaited)
    #> an asynchronous workflow, awaited: in the caller's loop
    print("an asynchronous workflow from a queue:", queued)
    #> an asynchronous workflow from a queue: in another loop
    DBOS.destroy()
    print(
        "an asynchronous one from a queue, launched in the loop:",
        asyncio.run(launched_inside()),
    )
    #> an asynchronous one from a queue, launched in the loop: in the caller's loop

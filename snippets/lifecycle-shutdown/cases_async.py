"""How async workflows end that the end of DBOS cuts off, on two event loops."""
# expect: ok
# Takes some seconds: DBOS ends again and again.

import asyncio
import os
import threading
import time

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")


@DBOS.workflow()
async def purchase() -> None:
    await DBOS.recv_async("approval", 3600)


@DBOS.workflow()
async def report() -> None:
    """Needs a second to end, so that the end of DBOS does not race a purchase's."""
    try:
        await DBOS.sleep_async(3600)
    finally:
        await asyncio.sleep(1)


def launch(executor_id: str) -> None:
    """Launches under an id of its own, so that nothing is recovered unasked."""
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "executor_id": executor_id,
        "notification_listener_polling_interval_sec": 0.01,  # Shortens the ends.
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def wait_for_stop(workflow_id: str) -> None:
    """Stands for the time until SIGTERM, which comes when two workflows wait."""
    with SetWorkflowID(f"{workflow_id}-report"):
        DBOS.start_workflow(report)
    for waiting in (workflow_id, f"{workflow_id}-report"):
        while not DBOS.list_workflow_steps(waiting):
            time.sleep(0.01)


def left_behind(workflow_id: str) -> str:
    """Looks without a launch."""
    client = DBOSClient(system_database_url=URL)
    found = client.retrieve_workflow(workflow_id).get_status()
    client.destroy()
    return found.status + (f", {type(found.error).__name__}" if found.error else "")


def without_loop(workflow_id: str, *, queued: bool = False, seconds: int = 0) -> str:
    """Synchronous code launches, so the workflow runs on a loop of DBOS."""
    launch(workflow_id)
    with SetWorkflowID(workflow_id):
        if queued:
            DBOS.register_queue("orders", polling_interval_sec=0.1)
            DBOS.enqueue_workflow("orders", purchase)
        else:
            DBOS.start_workflow(purchase)
    wait_for_stop(workflow_id)
    DBOS.destroy(workflow_completion_timeout_sec=seconds)
    return left_behind(workflow_id)


async def in_loop(workflow_id: str, *, queued: bool = False) -> str:
    """The launch is on a loop, so the workflow runs there."""
    launch(workflow_id)
    with SetWorkflowID(workflow_id):
        if queued:
            await DBOS.enqueue_workflow_async("orders", purchase)
        else:
            await DBOS.start_workflow_async(purchase)
    await asyncio.to_thread(wait_for_stop, workflow_id)
    await asyncio.to_thread(DBOS.destroy)
    return left_behind(workflow_id)


def threads_that_run_workflows() -> int:
    names = [thread.name for thread in threading.enumerate()]
    return sum(name.startswith("dbos-executor") for name in names)


if __name__ == "__main__":
    print("started by synchronous code:", without_loop("order-1"))
    #> started by synchronous code: ERROR, CancelledError
    cut = without_loop("order-2", seconds=1)
    print("started by synchronous code, 1 s that runs out:", cut)
    #> started by synchronous code, 1 s that runs out: ERROR, CancelledError
    cut = without_loop("order-3", queued=True)
    print("enqueued, launched by synchronous code:", cut)
    #> enqueued, launched by synchronous code: PENDING
    cut = asyncio.run(in_loop("order-4"))
    print("started, launched on your own event loop:", cut)
    #> started, launched on your own event loop: PENDING
    cut = asyncio.run(in_loop("order-5", queued=True))
    print("enqueued, launched on your own event loop:", cut)
    #> enqueued, launched on your own event loop: PENDING
    deadline = time.monotonic() + 10  # They get time to end.
    while (left := threads_that_run_workflows()) and time.monotonic() < deadline:
        time.sleep(0.01)
    print("threads that still run one of these workflows:", left)
    #> threads that still run one of these workflows: 0

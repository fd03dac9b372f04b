"""A thread waits for the workflow, and the event loop goes on."""
# expect: ok
# Takes up to four seconds: so long, the end of DBOS may wait.

import asyncio
import os
import signal

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}


@DBOS.step()
async def ship() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.2)


@DBOS.workflow()
async def checkout() -> None:
    await ship()


# --8<-- [start:rule]
async def serve() -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopping.set)
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        await DBOS.start_workflow_async(checkout)
    await stopping.wait()
    await asyncio.to_thread(
        DBOS.destroy,
        workflow_completion_timeout_sec=4,
    )


# --8<-- [end:rule]


def left_behind() -> str:
    """Looks without a launch."""
    client = DBOSClient(system_database_url=URL)
    status = client.retrieve_workflow("order-1").get_status().status
    client.destroy()
    return status


if __name__ == "__main__":
    asyncio.run(serve())
    print("order-1:", left_behind())
    #> order-1: SUCCESS

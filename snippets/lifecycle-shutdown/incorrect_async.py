"""An async workflow on the loop of DBOS waits for an approval when DBOS ends."""
# expect: wrong

import asyncio
import os
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}


@DBOS.workflow()
async def purchase() -> str:
    name = await DBOS.recv_async("approval", 3600)
    return f"approved by {name}"


@DBOS.workflow()
async def report() -> None:
    """Needs a second to end, so that the end of DBOS does not race the purchase's."""
    try:
        await DBOS.sleep_async(3600)
    finally:
        await asyncio.sleep(1)


def wait_for_stop() -> None:
    """Stands for the time until SIGTERM, which comes when both workflows wait."""
    with SetWorkflowID("report-1"):
        DBOS.start_workflow(report)
    for workflow_id in ("purchase-1", "report-1"):
        while not DBOS.list_workflow_steps(workflow_id):
            time.sleep(0.01)


# --8<-- [start:rule]
def serve() -> None:
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("purchase-1"):
        DBOS.start_workflow(purchase)
    wait_for_stop()
    DBOS.destroy()


# --8<-- [end:rule]


def next_process() -> str:
    """Launches again, approves the purchase, and says what becomes of it."""
    DBOS(config=config)
    DBOS.launch()
    DBOS.send("purchase-1", "Ada", "approval")
    try:
        return str(DBOS.retrieve_workflow("purchase-1").get_result())
    except BaseException as error:
        return type(error).__name__


if __name__ == "__main__":
    serve()
    print("after the restart:", next_process())
    #> after the restart: CancelledError
    DBOS.destroy()

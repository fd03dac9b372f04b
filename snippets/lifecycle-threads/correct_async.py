"""An async order waits for its payment without a thread, so one thread is enough."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "shop",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "max_executor_threads": 1,
    "log_level": "CRITICAL",
}


# --8<-- [start:rule]
@DBOS.workflow()
async def pay() -> str:
    return "paid"


@DBOS.workflow()
async def order() -> str:
    payment = await DBOS.start_workflow_async(pay)
    return await payment.get_result()


# --8<-- [end:rule]


async def main() -> str:
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        result = await order()
    await asyncio.to_thread(DBOS.destroy)
    return result


if __name__ == "__main__":
    print("order-1:", asyncio.run(main()))
    #> order-1: paid

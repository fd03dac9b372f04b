"""Two `recv_async` of one topic that wait at the same time."""
# expect: ok
# since: 3.4

import asyncio
import os
import time
from typing import Any

from dbos import DBOS, DBOSConfig, WorkflowHandle

received: list[str | None] = []


async def receive() -> None:
    received.append(await DBOS.recv_async("payment", timeout_seconds=40))


@DBOS.workflow()
async def invoice() -> float:
    begin = asyncio.get_running_loop().time()
    await asyncio.gather(receive(), receive())
    return asyncio.get_running_loop().time() - begin


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    run: WorkflowHandle[Any] = DBOS.start_workflow(invoice)
    while len(DBOS.list_workflow_steps(run.workflow_id)) < 2:
        time.sleep(0.01)  # The ends of both timeouts are not recorded yet.
    DBOS.send(run.workflow_id, "paid", topic="payment")
    seconds = run.get_result()
    # Which of the two gets the message, and which one ends first, is chance.
    print("two that wait at once, one message:", *sorted(map(str, received))[::-1])
    #> two that wait at once, one message: paid None
    print("the second one waited for its timeout of 40 s:", seconds >= 40)
    #> the second one waited for its timeout of 40 s: False
    DBOS.destroy()

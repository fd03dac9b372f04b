"""Each step has its number before anything is awaited."""
# expect: crash

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, StepReservation

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///bank.sqlite")
CRASHED = Path("crashed")


async def connect(name: str) -> None:
    """On the first run, the bank of Ada answers last."""
    await asyncio.sleep(0)  # Both lines begin before one of them reads.
    if name == "ada" and not CRASHED.exists():
        while not await client.list_workflow_steps_async("statement-1"):
            await asyncio.sleep(0.01)  # Until the balance of Ben is recorded.


async def read_balance(name: str) -> str:
    if name == "ada" and not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"balance of {name}"


# --8<-- [start:rule]
@DBOS.workflow()
async def statement(*names: str) -> list[tuple[str, str]]:
    async def line(name: str, step: StepReservation) -> tuple[str, str]:
        await connect(name)
        run = step.run_async
        return name, await run(None, read_balance, name)

    lines = [line(name, DBOS.reserve_step()) for name in names]
    return await asyncio.gather(*lines)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": URL,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    client = DBOSClient(system_database_url=URL, lazy=True)  # The launch recovers.
    DBOS.launch()
    with SetWorkflowID("statement-1"):
        print(asyncio.run(statement("ada", "ben")))
    client.destroy()
    DBOS.destroy()

"""Two racing steps of one name, and a restart that changes who is first."""
# expect: crash

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


async def charge(person: str) -> str:
    if person == "Bob" and not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{person} charged"


async def hear_from(person: str) -> None:
    """The slow one answers when the other's step has ended."""
    slow = "Ann" if CRASHED.exists() else "Bob"
    while person == slow and not ended:
        await asyncio.sleep(0.01)


ended: list[str] = []


@DBOS.workflow()
async def checkout() -> list[str]:
    async def answer(person: str) -> str:
        await hear_from(person)
        charged = await DBOS.run_step_async(None, charge, person)
        ended.append(person)
        return f"{person} reads: {charged}"

    return list(await asyncio.gather(answer("Bob"), answer("Ann")))


async def outcome() -> str:
    try:
        return ", ".join(await checkout())
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        print("two racing steps of one name:", asyncio.run(outcome()))
    DBOS.destroy()

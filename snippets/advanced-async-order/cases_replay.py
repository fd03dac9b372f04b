"""What a replay gives to concurrent steps, after a restart that answers otherwise."""
# expect: crash

import asyncio
import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
done: list[str] = []


@DBOS.step()
async def read_balance(name: str) -> str:
    done.append(name)
    return f"balance of {name}"


@DBOS.workflow()
async def balance(name: str) -> str:
    return await read_balance(name)


async def connect(name: str) -> None:
    """On the first run, the bank of Ada answers when Ben's step has run."""
    while name == "Ada" and not CRASHED.exists() and not done:
        await asyncio.sleep(0.01)


async def line(name: str) -> str:
    await connect(name)
    return f"{name} reads {await read_balance(name)}"


async def line_of_child(name: str) -> str:
    await connect(name)
    with SetWorkflowID(f"balance-{name}"):
        child = await DBOS.start_workflow_async(balance, name)
    return f"{name} gets {child.workflow_id}"


async def named_line(name: str) -> None:
    await connect(name)
    await DBOS.run_step_async({"name": f"read {name}"}, read_balance, name)


@DBOS.step()
async def end() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
async def statement() -> list[str]:
    lines = [f"{await line('Ben')}, {await line('Ada')}"]
    for way in (line, line_of_child):
        done.clear()
        lines.append(", ".join(await asyncio.gather(way("Ada"), way("Ben"))))
    for name in ("Ada", "Ben"):
        await DBOS.get_result_async(f"balance-{name}")
    done.clear()
    try:
        await asyncio.gather(named_line("Ada"), named_line("Ben"))
    except Exception as error:
        lines.append(type(error).__name__)
    await end()
    return lines


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "bank",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("statement-1"):
        sequence, gathered, children, named = asyncio.run(statement())
    print("two steps of one name, one after the other:", sequence)
    print("two of one name in `gather`, each behind an await:", gathered)
    print("the same, each step with a name of its own:", named)
    print("two children behind awaits, each with its own id:", children)
    DBOS.destroy()

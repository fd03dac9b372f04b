"""What two tools of one model call get from a replay."""
# expect: crash

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from pydantic_ai import Agent, ModelMessage, ModelResponse, TextPart, Tool, ToolCallPart
from pydantic_ai.durable_exec.dbos import DBOSDurability
from pydantic_ai.messages import ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

CRASHED = Path("crashed")
CHILD: dict[str, Any] = {"dbos": {"child_workflow": {}}}
FIRST = "Ada" if CRASHED.exists() else "Ben"  # The bank that answers first.
answered: list[str] = []


async def model(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """Asks for both balances at once."""
    if len(messages) > 1:
        return ModelResponse(parts=[TextPart("Here they are.")])
    tool, names = info.function_tools[0].name, ("Ada", "Ben")
    return ModelResponse(parts=[ToolCallPart(tool, {"name": name}) for name in names])


def is_late(name: str) -> bool:
    return name != FIRST and FIRST not in answered


@DBOS.step()
async def fetch(name: str) -> str:
    return f"{name}'s"


@DBOS.step()
def fetch_blocking(name: str) -> str:
    return f"{name}'s"


async def at_once(name: str) -> str:
    return await fetch(name)


async def late(name: str) -> str:
    while is_late(name):
        await asyncio.sleep(0.01)
    balance = await fetch(name)
    answered.append(name)
    return balance


def blocking(name: str) -> str:
    while is_late(name):
        time.sleep(0.01)
    balance = fetch_blocking(name)
    answered.append(name)
    return balance


def durable(name: str, tool: Any, **options: Any) -> Agent:
    capability = DBOSDurability(**options)
    return Agent(
        FunctionModel(model), name=name, tools=[tool], capabilities=[capability]
    )


agents = [
    durable("bank-1", fetch),
    durable("bank-2", at_once),
    durable("bank-3", late),
    durable("bank-4", blocking),
    durable("bank-5", Tool(late, metadata=CHILD)),
    durable("bank-6", late, parallel_execution_mode="sequential"),
]


@DBOS.step()
async def end() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
async def support() -> list[str]:
    rows: list[str] = []
    for agent in agents:
        # One after the other, nobody waits for the next one.
        answered[:] = ["Ben"] if agent is agents[-1] else []
        result = await agent.run("What do they have?")
        returns = result.all_messages()[2].parts
        texts = [part.content for part in returns if isinstance(part, ToolReturnPart)]
        rows.append("Ada gets {}, Ben gets {}".format(*texts))
    await end()
    return rows


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "support",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("support-1"):
        DBOS.start_workflow(support)
    rows = DBOS.retrieve_workflow("support-1").get_result()
    print("two tools that are steps:", rows[0])
    print("two tools that await a step at once:", rows[1])
    print("two tools that wait before a step:", rows[2])
    print("two synchronous tools, in threads:", rows[3])
    print("two tools with the `child_workflow` metadata:", rows[4])
    print("two tools in the mode `sequential`:", rows[5])
    DBOS.destroy()

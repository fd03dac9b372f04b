"""What a restart makes again of model calls and tools."""
# expect: crash

import os
import signal
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from pydantic_ai import Agent, ModelMessage, ModelResponse, TextPart, Tool, ToolCallPart
from pydantic_ai.durable_exec.dbos import DBOSDurability
from pydantic_ai.models.function import AgentInfo, FunctionModel

CRASHED, DONE = Path("crashed"), Path("done")
CHILD: dict[str, Any] = {"dbos": {"child_workflow": {}}}
RUN = 1 + CRASHED.exists()


def note(what: str) -> str:
    with DONE.open("a") as done:
        done.write(f"{what}, run {RUN}\n")
    return what


def seen(what: str) -> str:
    lines = DONE.read_text().splitlines()
    first, second = [lines.count(f"{what}, run {number}") for number in (1, 2)]
    return f"{first} before the restart, {second} after"


def model_of(owner: str) -> FunctionModel:
    """A model that calls one tool after the other, and then ends."""

    async def model(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        note(owner)
        tools, turn = info.function_tools, len(messages) // 2
        if turn < len(tools):
            return ModelResponse(parts=[ToolCallPart(tools[turn].name, {})])
        if owner == "in a step" and RUN == 1:
            CRASHED.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return ModelResponse(parts=[TextPart("done")])

    return FunctionModel(model)


async def look() -> str:
    return "There is one."


async def plain() -> str:
    return note("plain")


@DBOS.step()
async def step() -> str:
    return note("step")


@DBOS.workflow()
async def child() -> str:
    return note("child")


async def start() -> str:
    handle = await DBOS.start_workflow_async(child)
    return await handle.get_result()


async def selected() -> str:
    return note("selected")


bare = Agent(model_of("bare"), tools=[look])
inner = Agent(model_of("in a step"), tools=[look])
agent = Agent(
    model_of("durable"),
    name="support",
    tools=[plain, step, start, Tool(selected, metadata=CHILD)],
    capabilities=[DBOSDurability()],
)


@DBOS.step()
async def ask_inner() -> None:
    await inner.run("Is there one?")


@DBOS.workflow()
async def support() -> tuple[int, set[str]]:
    await bare.run("Is there one?")
    result = await agent.run("Is there one?")
    await ask_inner()
    answers = result.all_messages()[1::2]
    return result.usage.requests, {type(answer).__name__ for answer in answers}


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
    requests, types = DBOS.retrieve_workflow("support-1").get_result()
    print("two calls of an agent without `DBOSDurability`:", seen("bare"))
    print("two calls in a step that is killed:", seen("in a step"))
    print("five calls of an agent with `DBOSDurability`:", seen("durable"))
    print("a model answer in a replay:", *types)
    print("the usage of this run after the restart:", requests)
    print("a tool that is a plain function:", seen("plain"))
    print("a tool that is a step:", seen("step"))
    print("a workflow that a tool starts:", seen("child"))
    print("a tool with the `child_workflow` metadata:", seen("selected"))
    DBOS.destroy()

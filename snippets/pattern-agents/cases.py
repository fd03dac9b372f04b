"""What an agent's run records, and where."""
# expect: ok

import asyncio
import os
import warnings
from collections.abc import AsyncIterator
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepInfo
from pydantic_ai import Agent, ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.durable_exec.dbos import DBOSAgent, DBOSDurability
from pydantic_ai.messages import ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

QUESTION = "Where is my lamp?"


async def think(sent: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """Calls its only tool, and repeats what the tool gave."""
    if len(sent) == 1:
        tool = info.function_tools[0].name
        return ModelResponse(parts=[ToolCallPart(tool, {"order": "order-7"})])
    parts = [part for part in sent[-1].parts if isinstance(part, ToolReturnPart)]
    return ModelResponse(parts=[TextPart(str(parts[0].content))])


async def talk(sent: list[ModelMessage], info: AgentInfo) -> AsyncIterator[str]:
    for piece in ("Your lamp ", "is on ", "its way."):
        yield piece


@DBOS.step()
async def find(order: str) -> str:
    return f"{order} is found"


@DBOS.workflow()
async def ship(order: str) -> str:
    return f"{order} is shipped"


async def approve(order: str) -> str:
    return f"{order} is {await DBOS.recv_async('approval', 60)}"


def durable(name: str, tool: Any) -> Agent:
    model = FunctionModel(think, stream_function=talk)
    return Agent(model, name=name, tools=[tool], capabilities=[DBOSDurability()])


finder = durable("finder", find)
others = {"shipper": durable("shipper", ship), "boss": durable("boss", approve)}
agents = {"finder": finder, **others}


@DBOS.workflow()
async def ask(name: str) -> str:
    return (await agents[name].run(QUESTION)).output


@DBOS.workflow()
async def count_pieces() -> int:
    async with finder.run_stream(QUESTION) as result:
        stream = result.stream_text(delta=True, debounce_by=None)
        return len([piece async for piece in stream])


def steps(workflow: Any, *arguments: str) -> list[StepInfo]:
    handle = DBOS.start_workflow(workflow, *arguments)
    handle.get_result()
    return DBOS.list_workflow_steps(handle.workflow_id)


def names(steps: list[StepInfo]) -> str:
    return ", ".join(step["function_name"] for step in steps)


if __name__ == "__main__":
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")
        old = DBOSAgent(Agent(FunctionModel(think), name="old", tools=[find]))
    config: DBOSConfig = {
        "name": "support",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    asyncio.run(finder.run(QUESTION))
    print("workflows of a run that is in none:", len(DBOS.list_workflows()))
    #> workflows of a run that is in none: 0
    found = steps(ask, "finder")
    print("a model call's step:", names(found[:1]))
    #> a model call's step: finder__model.request
    shipped = steps(ask, "shipper")[1:-1]
    print("the steps of a tool that is a workflow:", names(shipped))
    #> the steps of a tool that is a workflow: ship, DBOS.getResult
    print("the steps have the arguments of a tool:", "order-7" in str(found))
    #> the steps have the arguments of a tool: True
    with SetWorkflowID("boss"):
        approval = DBOS.start_workflow(ask, "boss")
    DBOS.send("boss", "approved", "approval")
    print("a tool that waits for a message:", approval.get_result())
    #> a tool that waits for a message: order-7 is approved
    pieces = DBOS.start_workflow(count_pieces).get_result()
    print("pieces of `run_stream`, when the model sends three:", pieces)
    #> pieces of `run_stream`, when the model sends three: 1
    asyncio.run(old.run(QUESTION))
    made = DBOS.list_workflows(name="old.run")
    print("workflows of a run of the `DBOSAgent` named old:", len(made))
    #> workflows of a run of the `DBOSAgent` named old: 1
    print("a `DBOSAgent` is made:", noted[0].category.__name__)
    #> a `DBOSAgent` is made: PydanticAIDeprecationWarning
    DBOS.destroy()

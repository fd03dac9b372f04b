"""Whether a tool sees the id of the workflow that runs its agent."""
# expect: ok

import os
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from pydantic_ai import Agent, ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.durable_exec.dbos import DBOSDurability
from pydantic_ai.messages import ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel


async def think(sent: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """Calls its only tool, and repeats what the tool gave."""
    if len(sent) == 1:
        return ModelResponse(parts=[ToolCallPart(info.function_tools[0].name, {})])
    parts = [part for part in sent[-1].parts if isinstance(part, ToolReturnPart)]
    return ModelResponse(parts=[TextPart(str(parts[0].content))])


async def look_up() -> str:
    return str(DBOS.workflow_id)


def look_up_blocking() -> str:
    return str(DBOS.workflow_id)


def durable(name: str, tool: Any) -> Agent:
    capability = DBOSDurability()
    return Agent(
        FunctionModel(think), name=name, tools=[tool], capabilities=[capability]
    )


agents = {
    "ticket-1": durable("ticket-1", look_up),
    "ticket-2": durable("ticket-2", look_up_blocking),
}


@DBOS.workflow()
async def ask(name: str) -> str:
    return (await agents[name].run("Where is my lamp?")).output


def seen(name: str) -> Any:
    with SetWorkflowID(name):
        return DBOS.start_workflow(ask, name).get_result()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "support",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    ids = seen("ticket-1"), seen("ticket-2")
    print("`DBOS.workflow_id` in async and synchronous tools:", *ids)
    #> `DBOS.workflow_id` in async and synchronous tools: ticket-1 ticket-2
    DBOS.destroy()

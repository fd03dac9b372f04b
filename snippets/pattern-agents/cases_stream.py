"""What shows an answer while it comes, and which tools and models an agent may get."""
# expect: ok
# types: no-matching-overload - its types know a decorator with metadata only

import os
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from pydantic_ai import Agent, ModelMessage, ModelResponse, TextPart, Tool, ToolCallPart
from pydantic_ai.durable_exec.dbos import DBOSDurability
from pydantic_ai.messages import AgentStreamEvent, PartDeltaEvent, PartStartEvent
from pydantic_ai.models.function import AgentInfo, FunctionModel

QUESTION = "Where is my lamp?"
CHILD: dict[str, Any] = {"dbos": {"child_workflow": {}}}
pieces: list[AgentStreamEvent] = []


async def think(sent: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """Calls its only tool, if it has one."""
    if len(sent) == 1 and info.function_tools:
        return ModelResponse(parts=[ToolCallPart(info.function_tools[0].name, {})])
    return ModelResponse(parts=[TextPart("answered")])


async def talk(sent: list[ModelMessage], info: AgentInfo) -> AsyncIterator[str]:
    for piece in ("Your lamp ", "is on ", "its way."):
        yield piece


async def show(_: Any, events: AsyncIterable[AgentStreamEvent]) -> None:
    async for event in events:
        if isinstance(event, PartStartEvent | PartDeltaEvent):
            pieces.append(event)


async def find() -> str:
    return "found"


def find_blocking() -> str:
    return "found"


def durable(name: str, *tools: Any, **options: Any) -> Agent:
    model = FunctionModel(think, stream_function=talk)
    capability = DBOSDurability(**options)
    return Agent(model, name=name, tools=tools, capabilities=[capability])


agents = {
    "shown": durable("shown", event_stream_handler=show),
    "child": durable("child", Tool(find, metadata=CHILD)),
    "blocking": durable("blocking", Tool(find_blocking, metadata=CHILD)),
    "late": durable("late"),
    "models": durable("models", models={"other": FunctionModel(think)}),
}
agents["late"].tool_plain(find, metadata=CHILD)


@DBOS.step()
async def close() -> None:
    pass


@DBOS.workflow()
async def ask(name: str, question: str, model: str | None = None) -> str:
    answer = await agents[name].run(question, model=model)
    await close()
    return answer.output


def end(handle: Any) -> str:
    try:
        return str(handle.get_result())
    except Exception as failure:
        return type(failure).__name__


def attempt(name: str, model: str | None = None) -> str:
    with SetWorkflowID(name):
        return end(DBOS.start_workflow(ask, name, QUESTION, model))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "support",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    attempt("shown")
    print("of three pieces, an `event_stream_handler` gets:", len(pieces))
    #> of three pieces, an `event_stream_handler` gets: 3
    pieces.clear()
    DBOS.fork_workflow("shown", 2).get_result()
    print("it gets from a replay:", len(pieces))
    #> it gets from a replay: 0
    agents["shown"] = durable("shown")
    print("a replay without the handler:", end(DBOS.fork_workflow("shown", 2)))
    #> a replay without the handler: DBOSUnexpectedStepError
    attempt("child")
    print("the metadata on a synchronous tool:", attempt("blocking"))
    #> the metadata on a synchronous tool: UserError
    print("the metadata on a later `@agent.tool_plain`:", attempt("late"))
    #> the metadata on a later `@agent.tool_plain`: UserError
    print("`run(model=)` with a key of `models=`:", attempt("models", "other"))
    #> `run(model=)` with a key of `models=`: answered
    steps = str(DBOS.list_workflow_steps("child"))
    print("the steps have the question:", QUESTION in steps)
    #> the steps have the question: False
    found = DBOS.retrieve_workflow("child").get_status()
    print("the workflow's row has its argument:", QUESTION in str(found.input))
    #> the workflow's row has its argument: True
    DBOS.destroy()

"""How the calls of an agent fail, and what is refused."""
# expect: ok

import os
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from pydantic_ai import Agent, ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.durable_exec.dbos import DBOSDurability, StepConfig
from pydantic_ai.exceptions import ModelHTTPError, UserError
from pydantic_ai.models.function import AgentInfo, FunctionModel

QUESTION = "Where is order 7?"
calls: list[AgentInfo] = []
outages: list[int] = []


async def think(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """Fails in an outage, and calls its only tool."""
    calls.append(info)
    if outages:
        raise ModelHTTPError(outages.pop(), "model")
    if len(messages) == 1 and info.function_tools:
        return ModelResponse(parts=[ToolCallPart(info.function_tools[0].name, {})])
    return ModelResponse(parts=[TextPart("answered")])


@DBOS.workflow()
async def ship() -> str:
    return "shipped"


async def start() -> str:
    return await (await DBOS.start_workflow_async(ship)).get_result()


def durable(name: str | None, *tools: Any, retried: bool = False) -> Agent:
    config = StepConfig(retries_allowed=retried, max_attempts=3, interval_seconds=0)
    capability = DBOSDurability(model_step_config=config)
    return Agent(model, name=name, tools=tools, capabilities=[capability])


model, other = FunctionModel(think), FunctionModel(think)
agents = {
    "tool": durable("support", start),
    "step": durable("depot", DBOS.step(name="start")(start)),
    "retry": durable("retry", retried=True),
}


@DBOS.workflow()
async def ask(name: str, way: str) -> str:
    agent = agents[name]
    if way == "run_sync":
        return agent.run_sync(QUESTION).output
    if way == "in a step":
        return (await DBOS.run_step_async(None, agent.run, QUESTION)).output
    chosen = other if way == "other model" else None
    return (await agent.run(QUESTION, model=chosen)).output


def end(handle: Any) -> str:
    try:
        result = handle.get_result()
    except Exception as failure:
        result = type(failure).__name__
    return f"{result}, calls: {len(calls)}"


def attempt(name: str, way: str = "", failures: int = 0) -> str:
    calls.clear()
    outages[:] = [503] * failures
    with SetWorkflowID(f"{name}{way}{failures}"):
        return end(DBOS.start_workflow(ask, name, way))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "support",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("a model that fails once:", attempt("tool", failures=1))
    #> a model that fails once: ModelHTTPError, calls: 1
    print("it fails twice, of three attempts:", attempt("retry", failures=2))
    #> it fails twice, of three attempts: answered, calls: 3
    print("it fails in all three attempts:", attempt("retry", failures=3))
    #> it fails in all three attempts: DBOSMaxStepRetriesExceeded, calls: 3
    print("a tool that starts a workflow:", attempt("tool"))
    #> a tool that starts a workflow: answered, calls: 2
    print("the same tool as a step:", attempt("step"))
    #> the same tool as a step: AssertionError, calls: 1
    print("the same tool, its agent in a step:", attempt("tool", "in a step"))
    #> the same tool, its agent in a step: AssertionError, calls: 1
    print("another model object, given to `run` only:", attempt("tool", "other model"))
    #> another model object, given to `run` only: UserError, calls: 0
    print("`run_sync` in an async workflow:", attempt("tool", "run_sync"))
    #> `run_sync` in an async workflow: RuntimeError, calls: 0
    try:
        durable(None)
    except UserError as failure:
        print("an agent without a name:", type(failure).__name__)
        #> an agent without a name: UserError
    agents["tool"] = durable("support")
    print("a second agent of one name:", attempt("tool", "again"))
    #> a second agent of one name: answered, calls: 1
    agents["tool"] = durable("renamed", start)
    calls.clear()
    replay = DBOS.fork_workflow("tool0", 2)
    print("a replay of a renamed agent:", end(replay))
    #> a replay of a renamed agent: DBOSUnexpectedStepError, calls: 0
    DBOS.destroy()

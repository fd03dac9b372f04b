"""The tool is a step, and a replay does not call it."""
# expect: crash
# once: refund

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID
from pydantic_ai import Agent, ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.durable_exec.dbos import DBOSDurability
from pydantic_ai.models.function import AgentInfo, FunctionModel

CRASHED, REFUNDS = Path("crashed"), Path("refunds")


def end_once() -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


async def pay_back(number: int) -> str:
    with REFUNDS.open("a") as refunds:
        refunds.write(f"{number}\n")
    return f"order {number} is refunded"


# --8<-- [start:rule]
async def model(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    if len(messages) == 1:
        return ModelResponse(parts=[ToolCallPart("refund", {"number": 7})])
    end_once()
    return ModelResponse(parts=[TextPart("Refunded.")])


@DBOS.step()
async def refund(number: int) -> str:
    return await pay_back(number)


support = Agent(
    FunctionModel(model),
    name="support",
    tools=[refund],
    capabilities=[DBOSDurability()],
)
# --8<-- [end:rule]


@DBOS.workflow()
async def answer(question: str) -> str:
    result = await support.run(question)
    return result.output


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "support",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("ticket-1"):
        DBOS.start_workflow(answer, "Order 7 is broken.")
    print(DBOS.retrieve_workflow("ticket-1").get_result())
    print("refunds of order 7:", len(REFUNDS.read_text().split()))
    DBOS.destroy()

"""The model calls of the agent are no steps, and the first is billed twice."""
# expect: crash
# differs: only the correct one imports the capability

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID
from pydantic_ai import Agent, ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

CRASHED, BILL = Path("crashed"), Path("bill")


class Script:
    """Takes the place of a provider's model: one call after the other."""

    async def __call__(self, sent: list[ModelMessage], _: AgentInfo) -> ModelResponse:
        return choose_tool() if len(sent) == 1 else write_answer()


model = FunctionModel(Script())


def bill_call() -> None:
    with BILL.open("a") as bill:
        bill.write("call\n")


@DBOS.step()
async def find_order(number: int) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"order {number} is on its way"


# --8<-- [start:rule]
def choose_tool() -> ModelResponse:
    bill_call()
    return ModelResponse(parts=[ToolCallPart("find_order", {"number": 7})])


def write_answer() -> ModelResponse:
    bill_call()
    return ModelResponse(parts=[TextPart("Order 7 is on its way.")])


support = Agent(model, name="support", tools=[find_order])


@DBOS.workflow()
async def answer(question: str) -> str:
    result = await support.run(question)
    return result.output


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "support",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("ticket-1"):
        DBOS.start_workflow(answer, "Where is order 7?")
    print(DBOS.retrieve_workflow("ticket-1").get_result())
    print("billed calls:", len(BILL.read_text().split()))
    DBOS.destroy()

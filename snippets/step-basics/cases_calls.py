"""What a step is when it is called in another place than the workflow's body."""
# expect: ok
# since: 3.4

import asyncio
import os
import threading
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

ASYNC = ("to_thread", "executor")
ran: list[str] = []


@DBOS.step()
def charge(order: str) -> str:
    ran.append("charge")
    return f"receipt of {order}"


@DBOS.step()
def charge_and_log(order: str) -> str:
    return charge(order)


@DBOS.step()
def open_receipt(order: str) -> Any:
    ran.append("open_receipt")
    return (line for line in [order])  # A generator cannot be stored.


@DBOS.workflow()
def sell(how: str) -> None:
    if how == "a step":
        charge_and_log("order-1")
    elif how == "a thread":
        thread = threading.Thread(target=charge, args=("order-1",))
        thread.start()
        thread.join()
    elif how == "a generator":
        open_receipt("order-1")
    elif how == "a lambda":
        DBOS.run_step(None, lambda: charge("order-1"))


@DBOS.workflow()
async def sell_async(how: str) -> None:
    if how == "to_thread":
        await asyncio.to_thread(charge, "order-1")
    else:
        await asyncio.get_running_loop().run_in_executor(None, charge, "order-1")


def sell_by(how: str) -> str:
    """Runs the workflow, and says what runs and what is recorded."""
    ran.clear()
    try:
        with SetWorkflowID(how):
            asyncio.run(sell_async(how)) if how in ASYNC else sell(how)
        end = "no error"
    except Exception as error:
        end = type(error).__name__
    names = [step["function_name"] for step in DBOS.list_workflow_steps(how)]
    return f"runs {', '.join(ran)}; records {', '.join(names) or 'nothing'}; {end}"


def stored() -> str:
    return f"and stores {len(DBOS.list_workflows())} workflows"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    print("called before the launch:", "returns", charge("order-1"))
    #> called before the launch: returns receipt of order-1
    DBOS(config=config)
    DBOS.launch()
    print("called outside a workflow:", "returns", charge("order-1"), stored())
    #> called outside a workflow: returns receipt of order-1 and stores 0 workflows
    print("called by another step:", sell_by("a step"))
    #> called by another step: runs charge; records charge_and_log; no error
    print("called in `threading.Thread`:", sell_by("a thread"))
    #> called in `threading.Thread`: runs charge; records nothing; no error
    print("called by `loop.run_in_executor`:", sell_by("executor"))
    #> called by `loop.run_in_executor`: runs charge; records nothing; no error
    print("called by `asyncio.to_thread`:", sell_by("to_thread"))
    #> called by `asyncio.to_thread`: runs charge; records charge; no error
    print("`run_step` of a lambda:", sell_by("a lambda"))
    #> `run_step` of a lambda: runs charge; records sell.<locals>.<lambda>; no error
    print("a result that cannot be stored:", sell_by("a generator"))
    #> a result that cannot be stored: runs open_receipt; records nothing; TypeError
    DBOS.destroy()

"""What the second run makes again after a crash, and what it reads."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
ran: list[str] = []  # What this process runs. The second run begins with none.


def greet(customer: str) -> str:
    ran.append("greet")
    return f"Hello, {customer}"


@DBOS.step()
def charge(order: str) -> str:
    ran.append("charge")
    return f"receipt of {order}"


@DBOS.step()
def reserve(item: str) -> None:
    ran.append("reserve")
    raise LookupError(f"no {item} left")


@DBOS.step()
def gift_card(item: str) -> str:
    ran.append("gift_card")
    return f"card for {item}"


def pack(item: str) -> str:
    ran.append("pack")
    return f"box with {item}"


@DBOS.step()
def ship(order: str) -> str:
    ran.append("ship")
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{order} is on its way"


@DBOS.workflow()
def checkout(order: str) -> dict[str, str]:
    seen = {"greet": f"returns {greet('Ada')}"}
    seen["charge"] = f"returns {charge(order)}"
    try:
        reserve("lamp")
    except LookupError as error:
        seen["reserve"] = f"raises {type(error).__name__}: {error}"
    cards = gift_card("book"), gift_card("pen")
    seen["cards"] = f"returns {' and '.join(cards)}"
    seen["pack"] = f"returns {DBOS.run_step({'name': 'pack'}, pack, 'a book')}"
    seen["ship"] = f"returns {ship(order)}"
    return seen


def again(name: str) -> str:
    """Says how often the function runs in this process."""
    return ("does not run,", "runs once,", "runs twice,")[ran.count(name)]


def numbered() -> str:
    steps = DBOS.list_workflow_steps("order-1")
    return ", ".join(f"{step['function_id']} {step['function_name']}" for step in steps)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        seen = checkout("order-1")
    print("a plain function, after the crash:", again("greet"), seen["greet"])
    print("a step that returned, after the crash:", again("charge"), seen["charge"])
    print("a step that raised, after the crash:", again("reserve"), seen["reserve"])
    print("a step called twice, after the crash:", again("gift_card"), seen["cards"])
    print("`DBOS.run_step`, after the crash:", again("pack"), seen["pack"])
    print("the step in which the process died:", again("ship"), seen["ship"])
    print("the recorded calls:", numbered())
    DBOS.destroy()

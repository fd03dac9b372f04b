"""What becomes of a step whose result or error cannot be stored."""
# expect: ok
# since: 3.4

import asyncio
import os
import threading
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

charges: list[str] = []


class CardError(Exception):
    """Holds a lock, so it cannot be stored."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.lock = threading.Lock()


def act(how: str) -> Any:
    charges.append(how)
    if how.startswith("error"):
        raise CardError("declined")
    if how.startswith("lambda"):
        return lambda: how
    return (line for line in [how])


@DBOS.step()
def charge(how: str) -> Any:
    return act(how)


@DBOS.step()
async def charge_async(how: str) -> Any:
    return act(how)


@DBOS.workflow()
def pay(how: str) -> str:
    try:
        charge(how)
    except Exception as error:
        return type(error).__name__
    return "no error"


@DBOS.workflow()
async def pay_async(how: str) -> str:
    try:
        await charge_async(how)
    except Exception as error:
        return type(error).__name__
    return "no error"


def run(how: str) -> str:
    """Runs the workflow, and says what it gets and what is recorded."""
    with SetWorkflowID(how):
        got = asyncio.run(pay_async(how)) if how.endswith("async") else pay(how)
    recorded = [type(step["error"]).__name__ for step in DBOS.list_workflow_steps(how)]
    return f"{got}, recorded: {', '.join(recorded) or 'nothing'}"


def again(how: str) -> str:
    """Replays the workflow with all its records."""
    DBOS.fork_workflow(how, start_step=99).get_result()
    return f"{charges.count(how)} in all"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("a generator from a sync step:", run("generator"))
    #> a generator from a sync step: TypeError, recorded: nothing
    print("a generator from an async step:", run("generator-async"))
    #> a generator from an async step: TypeError, recorded: TypeError
    print("a lambda from a sync step:", run("lambda"))
    #> a lambda from a sync step: AttributeError, recorded: nothing
    print("an error with a lock, from a sync step:", run("error"))
    #> an error with a lock, from a sync step: TypeError, recorded: nothing
    print("an error with a lock, from an async step:", run("error-async"))
    #> an error with a lock, from an async step: TypeError, recorded: nothing
    print("a generator, charges after a replay, sync:", again("generator"))
    #> a generator, charges after a replay, sync: 2 in all
    print("a generator, charges after a replay, async:", again("generator-async"))
    #> a generator, charges after a replay, async: 1 in all
    print("the error, charges after a replay, sync:", again("error"))
    #> the error, charges after a replay, sync: 2 in all
    DBOS.destroy()

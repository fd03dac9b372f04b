"""Forks of an async workflow, and an error that comes back from its record."""
# expect: ok
# since: 3.4

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

ran: list[str] = []


@DBOS.step()
async def reserve(item: str) -> None:
    ran.append("reserve")


@DBOS.step()
async def ship(item: str) -> None:
    ran.append("ship")


class CardError(Exception):
    """Has one argument more than it passes on."""

    def __init__(self, card: str, code: int) -> None:
        super().__init__(f"{card} {code}")


@DBOS.step()
def charge(card: str) -> None:
    raise CardError(card, 5)


@DBOS.step()
def note(text: str) -> None:
    """Makes the second record."""


@DBOS.workflow()
def pay(card: str) -> str:
    try:
        charge(card)
    except Exception as error:
        note("declined")
        return type(error).__name__
    return "paid"


@DBOS.workflow()
async def deliver(item: str) -> None:
    await reserve(item)
    await ship(item)


def fork(workflow_id: str, start_step: int) -> str:
    ran.clear()
    DBOS.fork_workflow(workflow_id, start_step).get_result()
    return f"runs {' and '.join(ran)}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("lamp"):
        asyncio.run(deliver("lamp"))
    print("an async workflow:", f"runs {' and '.join(ran)}")
    #> an async workflow: runs reserve and ship
    print("a fork of the async workflow from call 2:", fork("lamp", 2))
    #> a fork of the async workflow from call 2: runs ship
    print("a fork of the async workflow from call 1:", fork("lamp", 1))
    #> a fork of the async workflow from call 1: runs reserve and ship
    with SetWorkflowID("card"):
        print("an exception of two arguments, raised by a step:", pay("visa"))
        #> an exception of two arguments, raised by a step: CardError
    again = DBOS.fork_workflow("card", 2).get_result()
    print("the same exception, read from the record:", again)
    #> the same exception, read from the record: TypeError
    DBOS.destroy()

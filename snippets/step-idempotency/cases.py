"""Which keys the workflow id and the step's number make."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions

charges: dict[str, str] = {}  # What the gateway has charged, by key.


def pay(item: str) -> str:
    key = f"{DBOS.workflow_id}-{DBOS.step_id}"
    charges.setdefault(key, item)  # Does not charge again for a known key.
    return key


@DBOS.step()
def charge(item: str) -> str:
    return pay(item)


@DBOS.step()
async def charge_async(item: str) -> str:
    return pay(item)


@DBOS.step()
def charge_two() -> str:
    return ", ".join([charge("a pen"), charge("a book")])


@DBOS.workflow()
def one() -> str:
    return charge("a pen")


@DBOS.workflow()
def two() -> str:
    return ", ".join([charge("a pen"), charge("a book")])


@DBOS.workflow()
def two_in_one_step() -> str:
    return charge_two()


@DBOS.workflow()
def undecorated() -> str:
    options: StepOptions = {"name": "pay"}
    return DBOS.run_step(options, pay, "a pen")


@DBOS.workflow()
def two_children() -> str:
    return ", ".join([one(), one()])


@DBOS.workflow()
async def side_by_side() -> str:
    keys = await asyncio.gather(charge_async("a pen"), charge_async("a book"))
    return ", ".join(keys)


def made(keys: str) -> str:
    """Names the keys, and says how many things were charged under them."""
    charged = [charges[key] for key in dict.fromkeys(keys.split(", "))]
    charges.clear()
    return f"{keys} ({' and '.join(charged)})"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("a"):
        print("a step called twice:", made(two()))
        #> a step called twice: a-1, a-2 (a pen and a book)
    with SetWorkflowID("b"):
        print("`DBOS.run_step`:", made(undecorated()))
        #> `DBOS.run_step`: b-1 (a pen)
    with SetWorkflowID("c"):
        print("async steps in `gather`:", made(asyncio.run(side_by_side())))
        #> async steps in `gather`: c-1, c-2 (a pen and a book)
    with SetWorkflowID("d"):
        print("a child workflow called twice:", made(two_children()))
        #> a child workflow called twice: d-1-1, d-3-1 (a pen and a pen)
    with SetWorkflowID("f"):
        print("a step called twice by another step:", made(two_in_one_step()))
        #> a step called twice by another step: f-1, f-1 (a pen)
    twice = ", ".join([charge("a pen"), charge("a book")])
    print("called twice outside workflows:", made(twice))
    #> called twice outside workflows: None-None, None-None (a pen)
    DBOS.destroy()

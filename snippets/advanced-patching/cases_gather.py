"""What a patch does to a run that has recorded the second of two steps first."""
# expect: ok
# Slower than others: the old code is a process of its own, which kills itself.

import asyncio
import os
import signal
import subprocess
import sys
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///checkout.sqlite")
OLD = sys.argv[1:] == ["old"]


@DBOS.step()
async def charge() -> str:
    while OLD:  # The bank is slow: the process dies first.
        await asyncio.sleep(0.02)
    return "charged"


@DBOS.step()
async def print_label() -> str:
    return "labelled"


@DBOS.step()
async def check_fraud() -> str:
    return "checked"


@DBOS.step()
async def book(seat: str) -> str:
    while OLD and seat == "A1":
        await asyncio.sleep(0.02)
    return seat


async def check() -> list[str]:
    patched = not OLD and await DBOS.patch_async("check-fraud")
    return [await check_fraud()] if patched else []


@DBOS.workflow()
async def in_front() -> str:
    done = [*await check(), *await asyncio.gather(charge(), print_label())]
    return ", ".join(done)


@DBOS.workflow()
async def behind() -> str:
    done = [*await asyncio.gather(charge(), print_label()), *await check()]
    return ", ".join(done)


@DBOS.workflow()
async def one_name() -> str:
    if not OLD:
        await DBOS.patch_async("seats")
    return ", ".join(await asyncio.gather(book("A1"), book("B2")))


def labelled(workflow_id: str) -> bool:
    return bool(DBOS.list_workflow_steps(workflow_id))


def start() -> None:
    with SetWorkflowID("order-1"):
        DBOS.start_workflow(in_front)
    with SetWorkflowID("order-2"):
        DBOS.start_workflow(behind)
    with SetWorkflowID("order-3"):
        DBOS.start_workflow(one_name)
    while not all(map(labelled, ("order-1", "order-2", "order-3"))):
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGKILL)


def outcome(workflow_id: str) -> str:
    try:
        return str(DBOS.retrieve_workflow(workflow_id).get_result())
    except Exception as error:
        return str(error).split(":")[0]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "application_version": "checkout-1",
    }
    if not OLD:
        subprocess.run([sys.executable, __file__, "old"])
    DBOS(config=config)
    DBOS.launch()
    if OLD:
        start()
    print("a patch in front of a `gather` that has begun:", outcome("order-1"))
    #> a patch in front of a `gather` that has begun: DBOS Error 11
    print("the same with one step for two seats, A1 and B2:", outcome("order-3"))
    #> the same with one step for two seats, A1 and B2: B2, B2
    print("a patch behind that `gather`:", outcome("order-2"))
    #> a patch behind that `gather`: charged, labelled, checked
    DBOS.destroy()

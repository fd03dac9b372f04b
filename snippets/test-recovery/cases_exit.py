"""What a run is after each way to stand for a crash, before and after a launch."""
# expect: ok

import asyncio
import os
import subprocess
import sys

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
ends: list[BaseException] = []
cleaned: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    pass


@DBOS.step()
def ship(order: str) -> str:
    for end in ends:
        raise end
    if "exit" in sys.argv:
        os._exit(3)
    return "shipped"


@DBOS.workflow()
def checkout(order: str) -> str:
    charge(order)
    try:
        return ship(order)
    finally:
        cleaned.append(order)


@DBOS.workflow()
async def checkout_async(order: str) -> str:
    return ship(order)


def launch() -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


def status(order: str) -> str:
    found = DBOS.get_workflow_status(order)
    return found.status if found else "not stored"


def run(order: str) -> str:
    with SetWorkflowID(order):
        return (
            asyncio.run(checkout_async(order)) if "async" in order else checkout(order)
        )


def ended(order: str, end: BaseException) -> str:
    ends[:] = [end]
    try:
        run(order)
    except BaseException as error:
        before = f"{type(error).__name__}, {status(order)}"
    else:
        before = "no error"
    ends.clear()
    return f"{before}, then {relaunched(order)}"


def relaunched(order: str) -> str:
    DBOS.destroy()
    launch()
    try:
        DBOS.retrieve_workflow(order).get_result()
    except Exception:
        pass
    return status(order)


def exited(order: str) -> str:
    command = [sys.executable, __file__, "exit", order]
    code = subprocess.run(command).returncode
    return f"exit {code}, {status(order)}, then {relaunched(order)}"


if __name__ == "__main__" and "exit" in sys.argv:
    launch()
    run(sys.argv[-1])
elif __name__ == "__main__":
    launch()
    print("the step raises `RuntimeError`:", ended("error", RuntimeError()))
    #> the step raises `RuntimeError`: RuntimeError, ERROR, then ERROR
    print("the step raises `SystemExit`:", ended("exit-1", SystemExit()))
    #> the step raises `SystemExit`: SystemExit, PENDING, then SUCCESS
    print("`finally` blocks that ran, over both launches:", cleaned.count("exit-1"))
    #> `finally` blocks that ran, over both launches: 2
    print("the step raises `KeyboardInterrupt`:", ended("key", KeyboardInterrupt()))
    #> the step raises `KeyboardInterrupt`: KeyboardInterrupt, PENDING, then SUCCESS
    print("`SystemExit` in an async workflow:", ended("async", SystemExit()))
    #> `SystemExit` in an async workflow: SystemExit, PENDING, then SUCCESS
    print("the step calls `os._exit` in another process:", exited("exit-2"))
    #> the step calls `os._exit` in another process: exit 3, PENDING, then SUCCESS
    DBOS.destroy()

"""A test kills a process in a step, and starts it again."""
# expect: ok

import os
import signal
import subprocess
import sys
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CHARGES = Path("charges.log")


@DBOS.step()
def charge(order: str) -> None:
    with CHARGES.open("a") as log:
        log.write(f"{order}\n")


@DBOS.step()
def ship(order: str) -> str:
    return carrier(order)


@DBOS.workflow()
def checkout(order: str) -> str:
    charge(order)
    return ship(order)


# --8<-- [start:rule]
def carrier(order: str) -> str:
    if "killed" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{order} is shipped"


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, __file__, "checkout", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_restart() -> None:
    assert start("killed").returncode == -signal.SIGKILL
    assert start().stdout == "order-1 is shipped\n"
    assert CHARGES.read_text() == "order-1\n"


# --8<-- [end:rule]


def run_checkout() -> str:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        result = checkout("order-1")
    DBOS.destroy()
    return result


if __name__ == "__main__" and "checkout" in sys.argv:
    sys.stdout.write(f"{run_checkout()}\n")
elif __name__ == "__main__":
    test_restart()
    print("passed, charges:", CHARGES.read_text().split())
    #> passed, charges: ['order-1']

"""dbos 3 reads what dbos 2 wrote; dbos 2 reads what dbos 3 wrote as empty."""
# expect: ok

import os
import subprocess
import sys
from importlib.metadata import version

from dbos import DBOS, DBOSConfig, SetWorkflowID

# `uv run --with` makes an environment of its own for the old version.
DBOS_2 = ["uv", "run", "--quiet", "--no-project", "--with", "dbos==2.31.1", "python"]
DBOS_3 = [sys.executable]


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


# --8<-- [start:rule]
def write(order: str) -> str:
    with SetWorkflowID(order):
        return ship(order)


def read(order: str) -> str:
    handle = DBOS.retrieve_workflow(order)
    arguments = handle.get_status().input
    result = handle.get_result()
    return f"input {arguments and arguments['args']}, result {result!r}"


# --8<-- [end:rule]


def run_in_version(action: str, order: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    outcome = write(order) if action == "write" else read(order)
    major = version("dbos").partition(".")[0]
    sys.stdout.write(f"dbos {major} {action}s {order}: {outcome}")
    DBOS.destroy()


def run(python: list[str], action: str, order: str) -> str:
    command = [*python, __file__, action, order]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__" and sys.argv[1:]:
    run_in_version(*sys.argv[1:])
elif __name__ == "__main__":
    print(run(DBOS_2, "write", "order-1"))
    #> dbos 2 writes order-1: order-1 shipped
    print(run(DBOS_3, "read", "order-1"))
    #> dbos 3 reads order-1: input ('order-1',), result 'order-1 shipped'
    print(run(DBOS_3, "write", "order-2"))
    #> dbos 3 writes order-2: order-2 shipped
    print(run(DBOS_2, "read", "order-2"))
    #> dbos 2 reads order-2: input None, result None

"""What another program makes of an error whose class is in `__main__`."""
# expect: ok
# It starts a program that reads what this one has stored.

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
MODULE = """
class SoldOutError(Exception):
    pass
"""
READER = """
import sys
import shop_errors
from dbos import DBOSClient


class LateError(Exception):
    pass


client = DBOSClient(system_database_url=sys.argv[1])
for order in sys.argv[2:]:
    try:
        client.retrieve_workflow(order).get_result()
    except LateError:
        print("the reader's LateError")
    except shop_errors.SoldOutError:
        print("the shared SoldOutError")
    except Exception as error:
        print(type(error).__name__)
client.destroy()
"""


class RefusedError(Exception):
    """No other program has this class."""


class LateError(Exception):
    """The other program has a class of this name."""


@DBOS.workflow()
def refuse() -> None:
    raise RefusedError("order-1")


@DBOS.workflow()
def expire() -> None:
    raise LateError("order-2")


@DBOS.workflow()
def sell() -> None:
    raise importlib.import_module("shop_errors").SoldOutError("order-3")


def store(workflow_id: str, workflow: Callable[[], None]) -> None:
    with SetWorkflowID(workflow_id), suppress(Exception):
        workflow()


def read(*workflow_ids: str) -> list[str]:
    """Python looks for modules in the folder from which `-c` is started."""
    command = [sys.executable, "-c", READER, URL, *workflow_ids]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return result.stdout.splitlines()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    Path("shop_errors.py").write_text(MODULE, "utf-8")
    sys.path.insert(0, str(Path.cwd()))
    store("refused", refuse)
    store("late", expire)
    store("sold-out", sell)
    refused, late, sold_out = read("refused", "late", "sold-out")
    print("a class in `__main__` that the reader lacks:", refused)
    #> a class in `__main__` that the reader lacks: AttributeError
    print("a class in `__main__`, and the reader has its namesake:", late)
    #> a class in `__main__`, and the reader has its namesake: the reader's LateError
    print("a class in a module that both import:", sold_out)
    #> a class in a module that both import: the shared SoldOutError
    DBOS.destroy()

"""What a reset, a second construction and other databases do to a test."""
# expect: ok
# Takes some seconds: DBOS is launched again and again.

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
config: DBOSConfig = {
    "name": "orders",
    "system_database_url": URL,
    "notification_listener_polling_interval_sec": 0.01,  # Shortens the many ends.
    "log_level": "CRITICAL",
}
SHOP: DBOSConfig = {**config, "system_database_url": "sqlite:///shop.sqlite"}
TEST: DBOSConfig = {**config, "system_database_url": "sqlite:///test.sqlite"}
MEMORY: DBOSConfig = {**config, "system_database_url": "sqlite:///:memory:"}


@DBOS.workflow()
def price(pieces: int) -> int:
    return pieces * 10


def outcome(call: Callable[[], Any]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def stored() -> str:
    """Looks without a launch."""
    client = DBOSClient(system_database_url=URL)
    try:
        return f"workflows stored: {len(client.list_workflows())}"
    finally:
        client.destroy()


def reset(**options: Any) -> str:
    DBOS.destroy()
    DBOS(config=config)
    DBOS.reset_system_database(**options)
    return outcome(stored)


def launch_and_price() -> str:
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        price(1)
    return stored()


def reset_elsewhere() -> str:
    subprocess.run([sys.executable, __file__, "reset"], check=True)
    return stored()


def second_construction(destroy_first: bool) -> str:
    """Returns the files that appear when a test constructs DBOS once more."""
    before = set(Path().glob("*.sqlite"))
    DBOS.destroy()
    DBOS(config=SHOP)  # As an imported module does.
    if destroy_first:
        DBOS.destroy()
    DBOS(config=TEST)
    DBOS.launch()
    DBOS.destroy()
    return ", ".join(str(path) for path in set(Path().glob("*.sqlite")) - before)


def in_memory() -> None:
    DBOS(config=MEMORY)
    DBOS.launch()


if __name__ == "__main__" and sys.argv[1:] == ["reset"]:
    reset(truncate=True)
elif __name__ == "__main__":
    print("after a test of one workflow:", launch_and_price())
    #> after a test of one workflow: workflows stored: 1
    print("reset by another process during a test:", reset_elsewhere())
    #> reset by another process during a test: workflows stored: 0
    print("after a reset with `truncate=True`:", reset(truncate=True))
    #> after a reset with `truncate=True`: workflows stored: 0
    print("after a reset without `truncate`:", reset())
    #> after a reset without `truncate`: OperationalError
    print("launched after a reset without `truncate`:", launch_and_price())
    #> launched after a reset without `truncate`: workflows stored: 1
    print("constructed at import, then in the test:", second_construction(False))
    #> constructed at import, then in the test: shop.sqlite
    print("the same, with `DBOS.destroy` between:", second_construction(True))
    #> the same, with `DBOS.destroy` between: test.sqlite
    print("a launch with `sqlite:///:memory:`:", outcome(in_memory))
    #> a launch with `sqlite:///:memory:`: TypeError
    DBOS.destroy()

"""The tests share a database, and the second one gets the first one's result."""
# expect: wrong
# database: own - its tests share one SQLite file

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dbos import DBOS, DBOSConfig, SetWorkflowID


# --8<-- [start:rule]
@pytest.fixture
def dbos(tmp_path: Path) -> Iterator[None]:
    DBOS.destroy()
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": "sqlite:///tests.sqlite",
        "notification_listener_polling_interval_sec": 0.05,  # Shortens destroy().
    }
    DBOS(config=config)
    DBOS.launch()
    yield
    DBOS.destroy()


# --8<-- [end:rule]


@DBOS.workflow()
def price(pieces: int) -> int:
    return pieces * 10


@pytest.mark.usefixtures("dbos")
def test_a_small_order() -> None:
    with SetWorkflowID("order-1"):
        assert price(1) == 10


@pytest.mark.usefixtures("dbos")
def test_b_large_order() -> None:
    with SetWorkflowID("order-1"):
        assert price(5) == 50


def run_pytest() -> list[str]:
    """Runs the tests of this file, and returns what pytest says of each."""
    here = ["-c", os.devnull, f"--rootdir={Path(__file__).parent}", "--basetemp=tmp"]
    options = ["--disable-plugin-autoload", "-p", "no:cacheprovider", "--tb=no", "-rA"]
    command = [sys.executable, "-B", "-m", "pytest", *here, *options, __file__]
    run = subprocess.run(command, capture_output=True, text=True)
    lines = [line for line in run.stdout.splitlines() if "::" in line]
    names = (re.sub(r"\S+::", "", line) for line in lines)
    return sorted(names, key=lambda name: name.split()[1])


if __name__ == "__main__":
    small, large = run_pytest()
    print(small)
    #> PASSED test_a_small_order
    print(large)
    #> FAILED test_b_large_order - assert 10 == 50

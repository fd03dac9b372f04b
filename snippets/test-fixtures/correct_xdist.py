"""Tests with databases of their own run in parallel."""
# expect: ok
# database: own - each of its tests has an SQLite file

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dbos import DBOS, DBOSConfig, SetWorkflowID


@pytest.fixture
def dbos(tmp_path: Path) -> Iterator[None]:
    DBOS.destroy()
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": f"sqlite:///{tmp_path}/dbos.sqlite",
        "notification_listener_polling_interval_sec": 0.05,  # Shortens destroy().
    }
    DBOS(config=config)
    DBOS.launch()
    yield
    DBOS.destroy()


@DBOS.workflow()
def price(pieces: int) -> int:
    return pieces * 10


# --8<-- [start:rule]
@pytest.mark.usefixtures("dbos")
@pytest.mark.parametrize("pieces", [1, 5])
def test_price(pieces: int) -> None:
    with SetWorkflowID("order-1"):
        assert price(pieces) == pieces * 10


# --8<-- [end:rule]


def run_pytest() -> list[str]:
    """Runs the tests of this file in two processes, and returns what passed where."""
    here = ["-c", os.devnull, f"--rootdir={Path(__file__).parent}", "--basetemp=tmp"]
    only = ["--disable-plugin-autoload", "-p", "xdist", "-p", "no:cacheprovider"]
    command = [sys.executable, "-B", "-m", "pytest", *here, *only, "-v", "-n", "2"]
    run = subprocess.run([*command, __file__], capture_output=True, text=True)
    return [line for line in run.stdout.splitlines() if "PASSED" in line]


if __name__ == "__main__":
    passed = run_pytest()
    print("workers:", sorted({line.split()[0] for line in passed}))
    #> workers: ['[gw0]', '[gw1]']
    print("passed:", len(passed))
    #> passed: 2

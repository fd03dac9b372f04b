"""Which values a replay reads anew, in the workflow and in a step."""
# expect: ok

import os
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

RATE = Path("rate")
state = {"rate": "first"}
logged: list[str] = []

VALUES: dict[str, Callable[[], object]] = {
    "clock": time.time_ns,
    "uuid": uuid.uuid4,
    "random": random.random,
    "environ": lambda: os.environ["RATE"],
    "file": RATE.read_text,
    "global": lambda: state["rate"],
}


def values() -> dict[str, str]:
    return {name: str(read()) for name, read in VALUES.items()}


@DBOS.step()
def values_in_step() -> dict[str, str]:
    return values()


@DBOS.workflow()
def in_body() -> dict[str, str]:
    logged.append("begins")
    return values()


@DBOS.workflow()
def in_step() -> dict[str, str]:
    return values_in_step()


def set_rate(text: str) -> None:
    os.environ["RATE"] = text
    RATE.write_text(text)
    state["rate"] = text


def changed(workflow: Callable[[], dict[str, str]]) -> str:
    set_rate("first")
    with SetWorkflowID(workflow.__name__):
        first = workflow()
    set_rate("second")
    fork = DBOS.fork_workflow(workflow.__name__, start_step=99)
    second: dict[str, str] = fork.get_result()
    names = [name for name in first if first[name] != second[name]]
    return ", ".join(names) or "none"


def order_of_set(seed: str) -> str:
    """Each process takes a seed for the hashes of its texts, mostly a random one."""
    command = [sys.executable, "-c", "print(*set('abcdefgh'))"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run(command, env=environment, capture_output=True, check=True)
    return run.stdout.decode()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "rates",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("read in the body, changed on replay:", changed(in_body))
    #> read in the body, changed on replay: clock, uuid, random, environ, file, global
    print("read in a step, changed on replay:", changed(in_step))
    #> read in a step, changed on replay: none
    print("a line logged by the body, over run and replay:", len(logged), "times")
    #> a line logged by the body, over run and replay: 2 times
    same = order_of_set("1") == order_of_set("2")
    print("a set of texts in two processes has one order:", same)
    #> a set of texts in two processes has one order: False
    DBOS.destroy()

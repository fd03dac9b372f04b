"""What has the same order in two processes, and what has not."""
# expect: ok
# Takes some seconds: it starts two processes, one after the other.

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///billing.sqlite")
NAMES = {"ada", "ben", "cleo", "dan", "eve"}
seed = os.environ.get("PYTHONHASHSEED")


@DBOS.step()
def find_set() -> set[str]:
    return NAMES


@DBOS.workflow()
def child(name: str) -> str:
    return name


@DBOS.workflow()
def read(customers: set[str]) -> list[list[str]]:
    return [list(customers), list(find_set()), DBOS.run_step(None, list, NAMES)]


@DBOS.workflow()
def by_children() -> int:
    """How many names get another name's child."""
    started = [(name, DBOS.start_workflow(child, name)) for name in NAMES]
    return sum(handle.get_result() != name for name, handle in started)


@DBOS.workflow()
def by_names() -> list[str]:
    return [DBOS.run_step({"name": name}, str, name) for name in NAMES]


def answer(name: str, *arguments: object) -> Any:
    """What a workflow returns, or in the second process its replay from the records."""
    workflow = globals()[name]
    try:
        if seed == "1":
            with SetWorkflowID(name):
                return workflow(*arguments)
        beyond = len(DBOS.list_workflow_steps(name)) + 1
        fork = DBOS.fork_workflow(name, beyond, queue_name="replays")
        return fork.get_result(polling_interval_sec=0.05)
    except error.DBOSUnexpectedStepError:
        return "DBOS Error 11"


def work() -> dict[str, Any]:
    """What this process sees; its hash seed is another one in the second process."""
    argument, of_set, of_list = answer("read", NAMES)
    return {
        "set": list(NAMES),
        "numbers": list({30, 10, 20}),
        "added": list({8, 0} if seed == "1" else {0, 8}),
        "dict": list({"ada": 1, "ben": 2}),
        "by length": sorted(NAMES, key=len),
        "argument": argument,
        "step": of_set,
        "list": of_list,
        "child": answer("by_children"),
        "names": answer("by_names"),
    }


def run_with(hash_seed: str) -> dict[str, Any]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, __file__, "worker"], env=environment)
    return dict(json.loads(Path(hash_seed).read_text()))


def order(key: str) -> str:
    return "the same order" if first[key] == second[key] else "another order"


if __name__ == "__main__":
    if seed and "worker" in sys.argv:
        config: DBOSConfig = {
            "name": "billing",
            "system_database_url": URL,
            "log_level": "CRITICAL",
        }
        DBOS(config=config)
        DBOS.launch()
        DBOS.register_queue("replays", polling_interval_sec=0.05)
        Path(seed).write_text(json.dumps(work()))
        DBOS.destroy()
        sys.exit()
    first, second = run_with("1"), run_with("2")
    print("a set of texts:", order("set"))
    #> a set of texts: another order
    print("a set of numbers:", order("numbers"))
    #> a set of numbers: the same order
    print("a set of numbers, added in another order:", order("added"))
    #> a set of numbers, added in another order: another order
    print("a dict:", order("dict"))
    #> a dict: the same order
    print("`sorted` of a set by a key with ties:", order("by length"))
    #> `sorted` of a set by a key with ties: another order
    print("a set that was passed to the workflow:", order("argument"))
    #> a set that was passed to the workflow: another order
    print("a set that a step returned:", order("step"))
    #> a set that a step returned: another order
    print("a list that a step made of a set:", order("list"))
    #> a list that a step made of a set: the same order
    print("children by a set, names with another's result:", second["child"])
    #> children by a set, names with another's result: 4
    print("steps by a set, a name of its own for each:", second["names"])
    #> steps by a set, a name of its own for each: DBOS Error 11

"""What commands that look print, and their exit status."""
# expect: ok
# Slower than others: each command is a process of its own.

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

COMMAND = str(Path(sys.executable).with_name("dbos"))
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")


@DBOS.step()
def weigh() -> str:
    return "2 kg"


@DBOS.step()
def ship() -> str:
    raise ConnectionError("no answer")


@DBOS.workflow()
def order() -> None:
    weigh()
    ship()


def dbos(*words: str, url: bool = True) -> tuple[int, str, str]:
    """The exit status, the output, and the last line of the errors."""
    command = [COMMAND, *words, *(["--sys-db-url", URL] if url else [])]
    env = os.environ | {"DBOS_SYSTEM_DATABASE_URL": URL}
    ended = subprocess.run(command, capture_output=True, text=True, env=env)
    errors = ended.stderr.strip().splitlines() or [""]
    return ended.returncode, ended.stdout.strip(), errors[-1]


def name_of(error: str) -> str:
    """The class, of the last line of a traceback."""
    return error.partition(":")[0].rpartition(".")[2]


if __name__ == "__main__":
    code, output, _ = dbos("migrate")
    print("`migrate`, no tables yet:", f"exit {code}, {output.splitlines()[0]}")
    #> `migrate`, no tables yet: exit 0, Starting DBOS migrations
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "run_migrations": False,
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        handle = DBOS.start_workflow(order)
    try:
        handle.get_result()
    except ConnectionError:
        pass  # The command says so.
    with ThreadPoolExecutor() as at_once:
        get = at_once.submit(dbos, "workflow", "get", "order-1")
        steps = at_once.submit(dbos, "workflow", "steps", "order-1")
        unknown = at_once.submit(dbos, "workflow", "get", "order-l")
        no_steps = at_once.submit(dbos, "workflow", "steps", "order-l")
        fork = at_once.submit(dbos, "workflow", "fork", "order-l")
        cancel = at_once.submit(dbos, "workflow", "cancel", "order-1")
        resume = at_once.submit(dbos, "workflow", "resume", "order-1")
        status = at_once.submit(dbos, "workflow", "list", "--status", "FAILED")
        no_url = at_once.submit(dbos, "workflow", "list", url=False)
        usage = at_once.submit(dbos, "workflow", "list", "--help", url=False)
    code, output, _ = get.result()
    found = json.loads(output)
    print("`get` of a failed run:", f"exit {code}, {found['status']}, {found['error']}")
    #> `get` of a failed run: exit 0, ERROR, no answer
    code, output, _ = steps.result()
    seen = [f"{s['function_id']} {s['function_name']}" for s in json.loads(output)]
    print("`steps` of it:", f"exit {code}, {', '.join(seen)}")
    #> `steps` of it: exit 0, 1 weigh, 2 ship
    code, output, error = unknown.result()
    print("`get` of an unknown id:", f"exit {code}, {name_of(error)}")
    #> `get` of an unknown id: exit 1, DBOSNonExistentWorkflowError
    code, _, error = fork.result()
    print("`fork` of an unknown id:", f"exit {code}, {name_of(error)}")
    #> `fork` of an unknown id: exit 1, DBOSNonExistentWorkflowError
    code, output, _ = no_steps.result()
    print("`steps` of an unknown id:", f"exit {code}, {output}")
    #> `steps` of an unknown id: exit 0, []
    found = handle.get_status()
    print("`cancel` of a failed run:", f"exit {cancel.result()[0]}, {found.status}")
    #> `cancel` of a failed run: exit 0, ERROR
    print("`resume` of a failed run:", f"exit {resume.result()[0]}, {found.status}")
    #> `resume` of a failed run: exit 0, ERROR
    code, output, _ = status.result()
    print("`list` with a status that does not exist:", f"exit {code}, {output}")
    #> `list` with a status that does not exist: exit 0, []
    code, _, error = no_url.result()
    text = error.split(": ")[1]
    print("the address is in `DBOS_SYSTEM_DATABASE_URL` only:", f"exit {code}, {text}")
    #> the address is in `DBOS_SYSTEM_DATABASE_URL` only: exit 1, Missing database URL
    file = Path("dbos-config.yaml")
    file.write_text("name: shop\nsystem_database_url: ${DBOS_SYSTEM_DATABASE_URL}\n")
    code, output, _ = dbos("workflow", "list", url=False)
    ids = [found["workflow_id"] for found in json.loads(output)]
    print("`${DBOS_SYSTEM_DATABASE_URL}` in `dbos-config.yaml`:", f"exit {code}, {ids}")
    #> `${DBOS_SYSTEM_DATABASE_URL}` in `dbos-config.yaml`: exit 0, ['order-1']
    _, output, _ = usage.result()
    order_text = re.findall(r"descending order \((.*?)\)", " ".join(output.split()))
    print("the help on `--sort-desc` says:", *order_text)
    #> the help on `--sort-desc` says: older first
    DBOS.destroy()

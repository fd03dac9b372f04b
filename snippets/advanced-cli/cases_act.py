"""What commands that act print, and what they do."""
# expect: ok
# Slower than others: each command is a process of its own.

import json
import os
import subprocess
import sys
from pathlib import Path

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

COMMAND = str(Path(sys.executable).with_name("dbos"))
URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")


@DBOS.step()
def weigh() -> str:
    return "2 kg"


@DBOS.step()
def ship() -> str:
    return "sent"


@DBOS.workflow()
def order() -> str:
    weigh()
    return ship()


def dbos(*words: str, typed: str = "") -> tuple[int, str]:
    """The exit status, and the last line of the output or of the errors."""
    command = [COMMAND, *words, "--sys-db-url", URL]
    ended = subprocess.run(command, capture_output=True, text=True, input=typed)
    lines = (ended.stdout.strip() or ended.stderr.strip()).splitlines()
    return ended.returncode, lines[-1] if lines else "nothing"


def own_table(make: bool = False) -> bool:
    """Whether the database has a table that is not of DBOS."""
    engine = sqlalchemy.create_engine(ADDRESS)
    if make:
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text("CREATE TABLE parcels (weight INT)"))
    found = sqlalchemy.inspect(engine).has_table("parcels")
    engine.dispose()
    return found


def name_of(error: str) -> str:
    """The class, of the last line of a traceback."""
    return error.partition(":")[0].rpartition(".")[2]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("parcels", polling_interval_sec=0.1)
    with SetWorkflowID("order-1"), SetEnqueueOptions(delay_seconds=3600):
        handle = DBOS.enqueue_workflow("parcels", order)
    code, said = dbos("workflow", "cancel", "order-1")
    print("`cancel` prints:", f"{said}, exit {code}, {handle.get_status().status}")
    #> `cancel` prints: nothing, exit 0, CANCELLED
    code, said = dbos("workflow", "resume", "order-1")
    print("`resume` prints:", f"{said}, exit {code}, then {handle.get_result()}")
    #> `resume` prints: nothing, exit 0, then sent
    code, said = dbos("workflow", "resume", "order-l")
    print("`resume` of an unknown id:", f"exit {code}, {name_of(said)}")
    #> `resume` of an unknown id: exit 1, DBOSNonExistentWorkflowError
    options = ("--step", "2", "--forked-workflow-id", "order-2")
    code, said = dbos("workflow", "fork", "order-1", *options)
    print(
        "`fork` prints the row of:", f"{json.loads(said)['workflow_id']}, exit {code}"
    )
    #> `fork` prints the row of: order-2, exit 0
    weighed, *_ = DBOS.list_workflow_steps("order-2")
    print("first step of the fork:", weighed["output"])
    #> first step of the fork: 2 kg
    code, said = dbos("reset", typed="n\n")
    left = len(DBOS.list_workflows())
    print("`reset`, answered with n:", f"exit {code}, {left} workflows left")
    #> `reset`, answered with n: exit 0, 2 workflows left
    DBOS.destroy()
    assert own_table(make=True)
    code, _ = dbos("reset", "--yes")
    DBOS(config=config)
    DBOS.launch()
    left = len(DBOS.list_workflows())
    print("`reset --yes`:", f"exit {code}, {left} workflows left")
    #> `reset --yes`: exit 0, 0 workflows left
    print("a table of your own, after it and a launch:", own_table())
    #> a table of your own, after it and a launch: False
    DBOS.destroy()

"""What dbos 2 and dbos 3 make of each other's runs in one database."""
# expect: ok
# Slower than others: three processes, and `uv` fetches the old version.

import json
import os
import signal
import subprocess
import sys
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
# `uv run --with` makes an environment of its own for the old version.
DBOS_2 = ["uv", "run", "--quiet", "--no-project", "--with", "dbos==2.31.1", "python"]
DBOS_3 = [sys.executable]


@DBOS.step()
def print_label(order: str) -> None:
    if order == dies_in:
        os.kill(os.getpid(), signal.SIGKILL)


@DBOS.workflow()
def ship(order: str) -> str:
    print_label(order)
    return f"{order} shipped"


dies_in = ""


def launch(version: str | None = None) -> str:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "application_version": version,
    }
    DBOS(config=config)
    DBOS.launch()
    return DBOS.application_version


def tell(what: str, value: str) -> None:
    """Tells the main process at once, as this one may die."""
    sys.stdout.write(json.dumps([what, value]) + "\n")
    sys.stdout.flush()


def start(order: str, dies: bool = False) -> None:
    global dies_in
    dies_in = order if dies else ""
    with SetWorkflowID(order):
        ship(order)


def read(order: str) -> str:
    handle = DBOS.retrieve_workflow(order)
    arguments = handle.get_status().input
    return f"input {arguments and arguments['args']}, result {handle.get_result()}"


def status(order: str) -> str:
    time.sleep(2)  # A recovery ends such an order in less.
    return DBOS.retrieve_workflow(order).get_status().status


def work_in_2() -> None:
    tell("version", launch())
    start("order-1")
    start("order-2", dies=True)


def upgrade_to_3(version: str) -> None:
    tell("same version", str(launch() == version))
    tell("order-1", read("order-1"))
    tell("own version", status("order-2"))
    DBOS.destroy()
    launch(version)
    tell("old version", DBOS.retrieve_workflow("order-2").get_result())
    start("order-3")
    start("order-4", dies=True)


def go_back_to_2() -> None:
    launch()
    tell("order-3", read("order-3"))
    tell("order-4", status("order-4"))
    DBOS.destroy()


def run(python: list[str], part: str, *arguments: str) -> dict[str, str]:
    command = [*python, __file__, part, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True)
    return dict(json.loads(line) for line in ended.stdout.splitlines())


if __name__ == "__main__" and sys.argv[1:]:
    globals()[sys.argv[1]](*sys.argv[2:])
elif __name__ == "__main__":
    if "postgres" in URL:  # There dbos 2 needs an extension to make its tables.
        DBOS.migrate(URL)
    two = run(DBOS_2, "work_in_2")
    three = run(DBOS_3, "upgrade_to_3", two["version"])
    back = run(DBOS_2, "go_back_to_2")
    print("dbos 3 reads an ended run of dbos 2:", three["order-1"])
    #> dbos 3 reads an ended run of dbos 2: input ('order-1',), result order-1 shipped
    print("the same version is computed under both:", three["same version"])
    #> the same version is computed under both: False
    print("dbos 2's `PENDING` run, under dbos 3's version:", three["own version"])
    #> dbos 2's `PENDING` run, under dbos 3's version: PENDING
    print("dbos 2's `PENDING` run, under dbos 2's version:", three["old version"])
    #> dbos 2's `PENDING` run, under dbos 2's version: order-2 shipped
    print("dbos 2 reads an ended run of dbos 3:", back["order-3"])
    #> dbos 2 reads an ended run of dbos 3: input None, result None
    print("dbos 3's `PENDING` run, back in dbos 2:", back["order-4"])
    #> dbos 3's `PENDING` run, back in dbos 2: PENDING

"""An order survives the death of its process. The charge is not made again."""
# expect: crash
# once: charge, ship, mail

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

JOURNAL = Path("journal.txt")
KILLED = Path("killed")


def note(line: str) -> None:
    """Stands for the outside world: what is written here has happened."""
    with JOURNAL.open("a") as journal:
        journal.write(line + "\n")


# --8<-- [start:rule]
@DBOS.step()
def charge(order: str) -> None:
    note(f"{order} charged")


@DBOS.step()
def reserve(order: str) -> None:
    if not KILLED.exists():
        KILLED.touch()
        os.kill(os.getpid(), signal.SIGKILL)  # The process dies.
    note(f"{order} reserved")


# --8<-- [end:rule]


# --8<-- [start:workflow]
@DBOS.step()
def ship(order: str) -> None:
    note(f"{order} shipped")


@DBOS.step()
def mail(order: str) -> None:
    note(f"{order} mailed")


@DBOS.workflow()
def fulfil(order: str) -> None:
    charge(order)
    reserve(order)
    ship(order)
    mail(order)


# --8<-- [end:workflow]

# --8<-- [start:main]
if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        fulfil("order-1")
    print(JOURNAL.read_text().strip())
    DBOS.destroy()
# --8<-- [end:main]

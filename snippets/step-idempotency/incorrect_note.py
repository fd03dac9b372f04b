"""A step notes that the text goes out, and another step sends it twice."""
# expect: crash

import os
import signal
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

SENT = Path("sent.log")
NOTES = Path("notes")  # In your code: a table with a unique key.
CRASHED = Path("crashed")


def send(number: str) -> None:
    """Takes no key, and kills us when it has sent the first text."""
    with SENT.open("a") as log:
        log.write(f"{number}\n")
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


# --8<-- [start:rule]
@DBOS.step()
def note(order: str) -> None:
    (NOTES / order).touch()


@DBOS.step()
def send_text(number: str) -> str:
    send(number)
    return "sent"


@DBOS.workflow()
def announce(order: str, number: str) -> str:
    note(order)
    return send_text(number)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "texts",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    NOTES.mkdir(exist_ok=True)
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("text-7"):
        result = announce("order-7", "555-0101")
    print("texts:", SENT.read_text().split())
    print("result:", result)
    DBOS.destroy()

"""What the second run makes again, in steps that were killed half-way."""
# expect: crash

import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")
FIRST = not CRASHED.exists()
EFFECTS = Path("effects.log")
WAYS = ["one step", "two steps", "note last", "note first", "look"]
reached = threading.Semaphore(0)
entered = threading.Semaphore(0)
turns = {way: threading.Event() for way in WAYS}  # One after the other.


def send(what: str) -> None:
    with EFFECTS.open("a") as log:
        log.write(f"{DBOS.workflow_id} {what}\n")


def halt() -> None:
    """Stays here in the first run, which is killed when all have come."""
    if FIRST:
        reached.release()
        threading.Event().wait()


@DBOS.step()
def mail_and_text() -> None:
    send("mail")
    halt()
    send("text")


@DBOS.step()
def mail() -> None:
    send("mail")


@DBOS.step()
def text() -> None:
    halt()
    send("text")


@DBOS.step()
def text_unless_noted(note_first: bool) -> None:
    note = Path(f"{DBOS.workflow_id}.note")
    if note.exists():
        return
    if note_first:
        note.touch()
        halt()
    send("text")
    halt()
    note.touch()


@DBOS.step()
def text_unless_sent() -> None:
    if f"{DBOS.workflow_id} text" not in EFFECTS.read_text():
        send("text")
        halt()


@DBOS.workflow()
def announce(way: str) -> None:
    entered.release()
    turns[way].wait()
    if way == "one step":
        mail_and_text()
    elif way == "two steps":
        mail()
        text()
    elif way == "look":
        text_unless_sent()
    else:
        text_unless_noted(way == "note first")


def sent(way: str, *kinds: str) -> str:
    """Waits for the run, and counts what both runs have sent."""
    turns[way].set()
    DBOS.retrieve_workflow(way).get_result()
    lines = EFFECTS.read_text().splitlines()
    counts = {kind: lines.count(f"{way} {kind}") for kind in kinds}
    return ", ".join(f"{n} {kind}{'s' * (n != 1)}" for kind, n in counts.items())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    EFFECTS.touch()
    DBOS(config=config)
    DBOS.launch()
    for way in WAYS:
        with SetWorkflowID(way):
            DBOS.start_workflow(announce, way)
    for _ in WAYS:
        entered.acquire()
    if FIRST:
        for way in WAYS:
            turns[way].set()
            reached.acquire()
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    both = "mail", "text"
    print("a mail and a text in one step, killed between:", sent("one step", *both))
    print("a mail and a text in two steps, killed between:", sent("two steps", *both))
    print("sends, then notes, killed between:", sent("note last", "text"))
    print("notes, then sends, killed between:", sent("note first", "text"))
    print("asks the other side, killed after it has sent:", sent("look", "text"))
    DBOS.destroy()

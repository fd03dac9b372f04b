"""What a note before the effect holds, and what asking the other side does not."""
# expect: ok
# since: 3.2

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

texts: list[str] = []
sending = threading.Semaphore(0)
release = threading.Event()


def send(order: str) -> None:
    sending.release()
    release.wait()
    if order == "refused":
        raise ConnectionError("gateway timeout")
    texts.append(order)


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=0)
def note_first(order: str) -> str:
    try:
        Path(order).touch(exist_ok=False)
    except FileExistsError:
        return "perhaps sent"
    send(order)
    return "sent"


@DBOS.step()
def look_first(order: str) -> str:
    if order not in texts:
        send(order)
    return "sent"


@DBOS.workflow()
def noted(order: str) -> str:
    return note_first(order)


@DBOS.workflow()
def looked(order: str) -> str:
    return look_first(order)


def sent(order: str, result: str) -> str:
    number = texts.count(order)
    return f"{number} text{'s' * (number != 1)}, `{result}`"


def resumed(workflow: Callable[[str], str], order: str, sends: int) -> str:
    """Cancels it while it sends, and resumes it before that has ended."""
    release.clear()
    with SetWorkflowID(order):
        first = DBOS.start_workflow(workflow, order)
    sending.acquire()
    DBOS.cancel_workflow(order)
    again = DBOS.resume_workflow(order)
    if sends == 2:
        sending.acquire()
        release.set()
    result = again.get_result()
    release.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        first.get_result()
    return sent(order, result)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "texts",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    asked = resumed(looked, "order-1", sends=2)
    print("asks the other side, resumed while it still sends:", asked)
    #> asks the other side, resumed while it still sends: 2 texts, `sent`
    waits = resumed(noted, "order-2", sends=1)
    print("notes first, resumed while it still sends:", waits)
    #> notes first, resumed while it still sends: 1 text, `perhaps sent`
    refused = noted("refused")
    print("notes first, with retries, and sending fails:", sent("refused", refused))
    #> notes first, with retries, and sending fails: 0 texts, `perhaps sent`
    forked = DBOS.fork_workflow("order-2", 1).get_result()
    print("notes first, under the order, then forked:", sent("order-2", forked))
    #> notes first, under the order, then forked: 1 text, `perhaps sent`
    DBOS.destroy()

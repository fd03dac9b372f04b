"""What becomes of retries whose errors `pickle` refuses, or cannot read back."""
# expect: ok

import os
import socket
import threading
from collections.abc import Callable
from urllib.request import urlopen

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

attempts: list[int] = []
gateway = socket.create_server(("127.0.0.1", 0))


class QuoteError(Exception):
    """Takes two arguments, and hands one text on."""

    def __init__(self, code: int, body: str) -> None:
        super().__init__(f"{code}: {body}")


def answer() -> None:
    """Is the other side, which is busy four times."""
    for _ in range(4):
        connection, _address = gateway.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.0 503 Busy\r\n\r\n")


def fetch() -> None:
    urlopen(f"http://127.0.0.1:{gateway.getsockname()[1]}").close()


@DBOS.step(retries_allowed=True, max_attempts=2, interval_seconds=0)
def ask() -> None:
    attempts.append(1)
    fetch()


@DBOS.step(retries_allowed=True, max_attempts=2, interval_seconds=0)
def ask_with_text() -> None:
    attempts.append(1)
    try:
        fetch()
    except OSError as failure:
        raise ConnectionError(str(failure)) from failure


@DBOS.step(retries_allowed=True, max_attempts=2, interval_seconds=0)
def ask_with_code() -> None:
    attempts.append(1)
    raise QuoteError(503, "busy")


STEPS = {"ask": ask, "text": ask_with_text, "code": ask_with_code}


@DBOS.workflow()
def offer(step: str) -> str:
    try:
        STEPS[step]()
        return "no error"
    except error.DBOSMaxStepRetriesExceeded as failure:
        return f"caught: {type(failure.errors[-1]).__name__}"


def outcome(call: Callable[[], str]) -> str:
    attempts.clear()
    try:
        end = call()
    except Exception as failure:
        end = type(failure).__name__
    return f"{len(attempts)} attempts, {end}"


def start(step: str) -> str:
    with SetWorkflowID(step):
        return outcome(lambda: offer(step))


def fork(step: str) -> str:
    return outcome(lambda: DBOS.fork_workflow(step, 2).get_result())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "offers",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    threading.Thread(target=answer).start()
    DBOS(config=config)
    DBOS.launch()
    print("the `HTTPError` of `urlopen`, with retries:", start("ask"))
    #> the `HTTPError` of `urlopen`, with retries: 2 attempts, TypeError
    print("raised as a `ConnectionError` with a text:", start("text"))
    #> raised as a `ConnectionError` with a text: 2 attempts, caught: ConnectionError
    print("its record, read by a fork:", fork("text"))
    #> its record, read by a fork: 0 attempts, caught: ConnectionError
    print("an error class that takes two arguments:", start("code"))
    #> an error class that takes two arguments: 2 attempts, caught: QuoteError
    print("the record of that class, read by a fork:", fork("code"))
    #> the record of that class, read by a fork: 0 attempts, TypeError
    DBOS.destroy()
    gateway.close()

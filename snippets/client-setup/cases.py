"""When a client connects, and to what."""
# expect: ok
# database: own - it names addresses of its own

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbos import DBOSClient

NOBODY = "postgresql://nobody@127.0.0.1:1/nothing"  # Nothing listens there.


def outcome(call: Callable[[], Any]) -> str:
    try:
        answer = call()
    except Exception as error:
        return type(error).__name__
    return answer if isinstance(answer, str) else "no error"


def connect(**options: Any) -> str:
    return outcome(lambda: DBOSClient(**options).destroy())


def check_lazy() -> None:
    client = DBOSClient(system_database_url=NOBODY, lazy=True)
    client.check_connection()


def list_lazy(address: str = NOBODY, **options: Any) -> None:
    client = DBOSClient(system_database_url=address, lazy=True, **options)
    client.list_workflows()


def list_in_a_process() -> str:
    """Lists in a process that can be stopped, because the call does not end."""
    command = [sys.executable, __file__, "list"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=5)
    except subprocess.TimeoutExpired as late:
        return f"still waits when it is stopped after {late.timeout:g} seconds"
    return "has ended"


def missing_file() -> str:
    client = DBOSClient(system_database_url="sqlite:///new.sqlite")
    client.destroy()
    return f"makes one of {Path('new.sqlite').stat().st_size} bytes"


def migrate() -> str:
    dbos = Path(sys.executable).with_name("dbos")
    command = [dbos, "migrate", "-s", "sqlite:///made.sqlite"]
    subprocess.run(command, check=True, capture_output=True)
    client = DBOSClient(system_database_url="sqlite:///made.sqlite")
    answer = f"a client finds {len(client.list_workflows())} workflows"
    client.destroy()
    return answer


if __name__ == "__main__" and sys.argv[1:] == ["list"]:
    list_lazy()
elif __name__ == "__main__":
    logging.disable()
    print("no address:", connect())
    #> no address: DBOSException
    print("nothing at the address:", connect(system_database_url=NOBODY))
    #> nothing at the address: OperationalError
    lazy = connect(system_database_url=NOBODY, lazy=True)
    print("nothing at the address, with `lazy=True`:", lazy)
    #> nothing at the address, with `lazy=True`: no error
    print("`check_connection` of that client:", outcome(check_lazy))
    #> `check_connection` of that client: OperationalError
    print("`list_workflows` of that client:", outcome(list_in_a_process))
    #> `list_workflows` of that client: still waits when it is stopped after 5 seconds
    once = outcome(lambda: list_lazy(retry_connection_errors=False))
    print("the same with `retry_connection_errors=False`:", once)
    #> the same with `retry_connection_errors=False`: OperationalError
    folder = outcome(lambda: list_lazy("sqlite:///missing/orders.sqlite"))
    print("`list_workflows`, lazy, for SQLite in a missing folder:", folder)
    #> `list_workflows`, lazy, for SQLite in a missing folder: OperationalError
    print("an SQLite file that is missing:", outcome(missing_file))
    #> an SQLite file that is missing: makes one of 0 bytes
    print("after `dbos migrate -s`:", outcome(migrate))
    #> after `dbos migrate -s`: a client finds 0 workflows

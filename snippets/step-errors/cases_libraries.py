"""Which exceptions of libraries are the same when they are read again."""
# expect: ok
# It needs httpx and fastapi, whose exceptions are the cases, and asks no network.

import json
import os
import subprocess
import sys
from collections.abc import Callable

import httpx
from dbos import DBOS, DBOSConfig, SetWorkflowID
from fastapi import HTTPException
from pydantic import BaseModel
from sqlalchemy import create_engine, text


class Order(BaseModel):
    """Its validation fails."""

    pieces: int


def status_error() -> object:
    request = httpx.Request("GET", "https://shop.example")
    return httpx.Response(404, request=request).raise_for_status()


def timeout() -> object:
    raise httpx.ReadTimeout("too late")


def by_name() -> object:
    raise HTTPException(status_code=404, detail="no such order")


def by_position() -> object:
    raise HTTPException(404, "no such order")


def command() -> object:
    return subprocess.run([sys.executable, "-c", "exit(1)"], check=True)


def query() -> object:
    with create_engine("sqlite://").connect() as connection:
        return connection.execute(text("SELECT wrong"))


CALLS: dict[str, Callable[[], object]] = {
    "status": status_error,
    "timeout": timeout,
    "by-name": by_name,
    "by-position": by_position,
    "model": lambda: Order.model_validate({"pieces": "two"}),
    "json": lambda: json.loads("{"),
    "command": command,
    "query": query,
}


@DBOS.step()
def fail(make: str) -> None:
    CALLS[make]()


@DBOS.workflow()
def work(make: str) -> None:
    fail(make)


def raised(call: Callable[[], object]) -> str:
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return "nothing"


def both(make: str) -> str:
    """What the run raises, and what is read back afterwards."""
    with SetWorkflowID(make):
        first = raised(lambda: work(make))
    again = raised(lambda: DBOS.retrieve_workflow(make).get_result())
    return f"{first}, then {again}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("httpx, `raise_for_status()`:", both("status"))
    #> httpx, `raise_for_status()`: HTTPStatusError, then TypeError
    print("httpx, a timeout:", both("timeout"))
    #> httpx, a timeout: ReadTimeout, then ReadTimeout
    print("`HTTPException` made with keywords:", both("by-name"))
    #> `HTTPException` made with keywords: HTTPException, then TypeError
    print("`HTTPException` made without keywords:", both("by-position"))
    #> `HTTPException` made without keywords: HTTPException, then HTTPException
    print("pydantic:", both("model"))
    #> pydantic: ValidationError, then ValidationError
    print("`json.loads`:", both("json"))
    #> `json.loads`: JSONDecodeError, then JSONDecodeError
    print("`subprocess.run` with `check=True`:", both("command"))
    #> `subprocess.run` with `check=True`: CalledProcessError, then CalledProcessError
    print("SQLAlchemy, a wrong query:", both("query"))
    #> SQLAlchemy, a wrong query: OperationalError, then OperationalError
    DBOS.destroy()

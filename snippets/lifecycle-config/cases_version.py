"""Which changes of a program give it another application version."""
# expect: ok

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "greeter",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "notification_listener_polling_interval_sec": 0.01,  # Shortens the many ends.
    "log_level": "CRITICAL",
}


def hello(name: str) -> str:
    return f"Hello, {name}"


def goodbye(name: str) -> str:
    return f"Goodbye, {name}"


def nothing() -> None:
    """Registers no function."""


def workflow(function: Callable[[str], str]) -> Callable[[], Any]:
    return lambda: DBOS.workflow(name="greet")(function)


def step(function: Callable[[str], str]) -> Callable[[], Any]:
    return lambda: DBOS.step(name="greet")(function)


def version(before: Callable[[], Any], after: Callable[[], Any]) -> str:
    """Registers, launches, registers, and returns the version."""
    DBOS.destroy(destroy_registry=True)
    DBOS(config=config)
    before()
    DBOS.launch()
    after()
    return DBOS.application_version


def versions(first: Callable[[], Any], second: Callable[[], Any]) -> str:
    found = {version(first, nothing), version(second, nothing)}
    return f"{len(found)} version{'s' * (len(found) != 1)}"


def late_versions(first: Callable[[], Any], second: Callable[[], Any]) -> str:
    found = {version(nothing, first), version(nothing, second)}
    return f"{len(found)} version{'s' * (len(found) != 1)}"


def files(name: str) -> str:
    """Launches without an address, and returns the new files."""
    before = set(Path().glob("*.sqlite"))
    DBOS.destroy()
    DBOS(config={**config, "name": name, "system_database_url": None})
    DBOS.launch()
    return ", ".join(str(path) for path in set(Path().glob("*.sqlite")) - before)


if __name__ == "__main__":
    hi, bye = workflow(hello), workflow(goodbye)
    print("two sources of a workflow, launched after it:", versions(hi, bye))
    #> two sources of a workflow, launched after it: 2 versions
    print("two sources of a workflow, launched before it:", late_versions(hi, bye))
    #> two sources of a workflow, launched before it: 1 version
    print("two sources of a step:", versions(step(hello), step(goodbye)))
    #> two sources of a step: 1 version
    print("without and with a step:", versions(nothing, step(hello)))
    #> without and with a step: 2 versions
    print("the SQLite file of `my-shop`:", files("my-shop"))
    #> the SQLite file of `my-shop`: my_shop.sqlite
    print("the SQLite file of `7shop`:", files("7shop"))
    #> the SQLite file of `7shop`: _7shop.sqlite
    DBOS.destroy()

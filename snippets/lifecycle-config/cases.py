"""What calls do before the construction, before the launch and after the end."""
# expect: ok
# since: 3.4

import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL")
NOWHERE = "postgresql://ada@127.0.0.1:1/x" if URL else "sqlite:///no/folder.sqlite"
config: DBOSConfig = {
    "name": "greeter",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}


@DBOS.step()
def look_up(name: str) -> str:
    return f"Hello, {name}"


@DBOS.workflow()
def greet(name: str) -> str:
    return look_up(name)


def outcome(call: Callable[[], Any]) -> str:
    try:
        return str(call() or "no error")
    except Exception as error:
        text = str(error).split(". ")[0].removeprefix("DBOS Error: ")
        return text.partition("Transact: ")[2] or text


def look() -> str:
    return look_up("Ada")


def call() -> str:
    return greet("Ada")


def start() -> str:
    return DBOS.start_workflow(greet, "Ada").get_result()


def construct_twice() -> str:
    first = DBOS(config=config)
    second = DBOS(config={**config, "name": "other"})
    return f"{len({id(first), id(second)})} instance"


def failed_launch() -> str:
    try:
        DBOS.launch()
    except Exception as error:
        return type(error).__name__
    return "no error"


def configure(settings: Any) -> str:
    DBOS(config=settings)
    DBOS.destroy()
    return "no error"


if __name__ == "__main__":
    print("a step called before the construction:", outcome(look))
    #> a step called before the construction: Hello, Ada
    print("launched, not constructed:", outcome(DBOS.launch))
    #> launched, not constructed: DBOS.launch() was called without a DBOS instance
    print("no `name`:", outcome(lambda: configure({})))
    #> no `name`: Configuration must specify an application name
    print("a `name` with a capital:", outcome(lambda: configure({"name": "Greeter"})))
    #> a `name` with a capital: Invalid app name Greeter
    print("an unknown key:", outcome(lambda: configure({**config, "nam": 1})))
    #> an unknown key: no error
    print("constructed twice:", outcome(construct_twice))
    #> constructed twice: 1 instance
    print("started before the launch:", outcome(start))
    #> started before the launch: System database accessed before DBOS was launched
    DBOS.launch()
    print("launched again after a launch:", outcome(DBOS.launch))
    #> launched again after a launch: no error
    print("called after the launch:", outcome(call))
    #> called after the launch: Hello, Ada
    DBOS.destroy()
    print("called after the end:", outcome(call))
    #> called after the end: System database accessed before DBOS was launched
    print("launched after the end:", outcome(DBOS.launch))
    #> launched after the end: DBOS.launch() was called without a DBOS instance
    DBOS(config={**config, "system_database_url": NOWHERE})
    print("launched, no database at the address:", outcome(failed_launch))
    #> launched, no database at the address: OperationalError
    print("launched again after a failed launch:", outcome(DBOS.launch))
    #> launched again after a failed launch: no error
    DBOS.destroy()
    DBOS(config=config)
    DBOS.launch()
    print("constructed and launched again:", outcome(call))
    #> constructed and launched again: Hello, Ada
    DBOS.destroy(destroy_registry=True)
    DBOS(config=config)
    DBOS.launch()
    print("called, registry destroyed:", outcome(call))
    #> called, registry destroyed: System database accessed before DBOS was launched
    print("started, registry destroyed:", outcome(start))
    #> started, registry destroyed: System database accessed before DBOS was launched
    DBOS.destroy()

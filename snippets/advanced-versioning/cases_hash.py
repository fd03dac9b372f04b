"""Which changes make a new version where none is configured."""
# expect: ok

import os
from collections.abc import Callable, Mapping
from types import FunctionType

from dbos import DBOS, DBOSConfig

Function = Callable[[str], str]


def receipt(order: str) -> str:
    return f"receipt for {order}"


def receipt_with_total(order: str) -> str:
    return f"receipt for {order}, with its total"


helper: Function = receipt


def checkout(order: str) -> str:
    return helper(order)


def checkout_with_docstring(order: str) -> str:
    """Ends with a receipt."""
    return helper(order)


def charge(order: str) -> str:
    return f"{order} charged"


async def charge_async(order: str) -> str:
    return f"{order} charged"


def charge_twice(order: str) -> str:
    return f"{order} charged twice"


def launched(
    workflows: Mapping[str, Function] | None = None,
    steps: Mapping[str, Callable[[str], object]] | None = None,
    name: str = "checkout",
    configured: str | None = None,
) -> str:
    """The version of an application that consists of these functions."""
    for known, workflow in (workflows or {"checkout": checkout}).items():
        DBOS.workflow(name=known)(workflow)
    for known, step in (steps or {"charge": charge}).items():
        DBOS.step(name=known)(step)
    config: DBOSConfig = {
        "name": name,
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "application_version": configured,
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)
    DBOS.launch()
    version = DBOS.application_version
    DBOS.destroy(destroy_registry=True)
    return version


def verdict(version: str) -> str:
    return "the same version" if version == first else "a new version"


if __name__ == "__main__":
    first = launched()
    print("nothing changes:", verdict(launched()))
    #> nothing changes: the same version
    print("a step changes:", verdict(launched(steps={"charge": charge_twice})))
    #> a step changes: the same version
    later = {"charge": charge_async}
    print("a step becomes async:", verdict(launched(steps=later)))
    #> a step becomes async: a new version
    helper = receipt_with_total
    print("a function that the workflow calls changes:", verdict(launched()))
    #> a function that the workflow calls changes: the same version
    documented = {"checkout": checkout_with_docstring}
    print("a workflow's docstring changes:", verdict(launched(documented)))
    #> a workflow's docstring changes: a new version
    two_workflows = {"checkout": checkout, "refund": receipt}
    print("a workflow is added:", verdict(launched(two_workflows)))
    #> a workflow is added: a new version
    two_steps = {"charge": charge, "receipt": receipt}
    print("a step is added:", verdict(launched(steps=two_steps)))
    #> a step is added: a new version
    code = checkout.__code__.replace(co_filename="<string>")
    unreadable = launched({"checkout": FunctionType(code, globals())})
    print("a workflow whose source cannot be read:", unreadable)
    #> a workflow whose source cannot be read: DEFAULT_VERSION-checkout
    print("the configured `name` changes:", verdict(launched(name="shop")))
    #> the configured `name` changes: a new version
    os.environ["DBOS__APPVERSION"] = "3"
    print("`DBOS__APPVERSION` is 3:", f"version {launched()}")
    #> `DBOS__APPVERSION` is 3: version 3
    both = launched(configured="4")
    print("`DBOS__APPVERSION` is 3, `application_version` is 4:", f"version {both}")
    #> `DBOS__APPVERSION` is 3, `application_version` is 4: version 4

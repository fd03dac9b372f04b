"""Without application_version, a changed workflow makes a new version."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
def checkout(order: str) -> str:
    return f"{order} {charge()}"


def checkout_changed(order: str) -> str:
    return f"{charge()}: {order}"


def charge() -> str:
    return "charged"


def charge_changed() -> str:
    return "charged again"


# --8<-- [end:rule]


def version(workflow: Callable[[str], str], step: Callable[[], str]) -> str:
    """The version of an application that has this workflow and this step."""
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS.workflow(name="checkout")(workflow)
    DBOS.step(name="charge")(step)
    DBOS(config=config)
    DBOS.launch()
    computed = DBOS.application_version
    DBOS.destroy(destroy_registry=True)
    return computed


if __name__ == "__main__":
    first = version(checkout, charge)
    print("nothing changed, same version:", version(checkout, charge) == first)
    #> nothing changed, same version: True
    print("step changed, same version:", version(checkout, charge_changed) == first)
    #> step changed, same version: True
    changed = version(checkout_changed, charge)
    print("workflow changed, same version:", changed == first)
    #> workflow changed, same version: False

"""What a fork of an ended run does when its patch is retired."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID

Code = Callable[[], str]


@DBOS.step()
def check_fraud() -> str:
    return "checked"


@DBOS.step()
def charge() -> str:
    return "charged"


@DBOS.step()
def ship() -> str:
    return "shipped"


@DBOS.workflow()
def checkout() -> str:
    return code()


def unpatched() -> str:
    return f"{charge()}, {ship()}"


def patched() -> str:
    checked = f"{check_fraud()}, " if DBOS.patch("check-fraud") else ""
    return f"{checked}{charge()}, {ship()}"


def deprecated() -> str:
    DBOS.deprecate_patch("check-fraud")
    return f"{check_fraud()}, {charge()}, {ship()}"


def retired() -> str:
    return f"{check_fraud()}, {charge()}, {ship()}"


def forked(order: str, step: int, after: Code) -> str:
    """What a fork of an ended run ends with in the new code."""
    global code
    code = after
    fork = DBOS.fork_workflow(order, step, queue_name="forks")
    try:
        return str(fork.get_result(polling_interval_sec=0.05))
    except Exception as error:
        return str(error).split(":")[0]


code: Code = unpatched

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "application_version": "checkout-1",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("forks", polling_interval_sec=0.05)
    with SetWorkflowID("old"):
        checkout()
    code = patched
    with SetWorkflowID("marked"):
        checkout()
    old = forked("old", 2, deprecated)
    print("an ended old run, forked under `deprecate_patch`:", old)
    #> an ended old run, forked under `deprecate_patch`: DBOS Error 11
    marked = forked("marked", 4, deprecated)
    print("an ended run with a marker, forked under the same:", marked)
    #> an ended run with a marker, forked under the same: checked, charged, shipped
    gone = forked("marked", 4, retired)
    print("an ended run with a marker, forked when the call is gone:", gone)
    #> an ended run with a marker, forked when the call is gone: DBOS Error 11
    whole = forked("marked", 1, retired)
    print("the same run, forked from its first step:", whole)
    #> the same run, forked from its first step: checked, charged, shipped
    DBOS.destroy()

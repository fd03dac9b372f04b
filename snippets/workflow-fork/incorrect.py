"""Resuming a failed workflow runs nothing."""
# expect: wrong

import os
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID

executed: list[str] = []


def no_label(order: str) -> str:
    raise ValueError("a bug in the label")


def good_label(order: str) -> str:
    return f"label of {order}"


label: Callable[[str], str] = no_label


@DBOS.step()
def charge(order: str) -> None:
    executed.append("charge")


@DBOS.step()
def ship(label: str) -> None:
    executed.append("ship")


# --8<-- [start:rule]
@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)
    text = label(order)  # It raises in the first run.
    ship(text)


def try_again(workflow_id: str) -> None:
    DBOS.resume_workflow(workflow_id).get_result()


# --8<-- [end:rule]


def outcome(call: Callable[[], None]) -> str:
    try:
        call()
    except ValueError as failure:
        return f"failed, {failure}"
    return "SUCCESS"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"), suppress(ValueError):
        checkout("order-1")
    label = good_label  # The bug is mended.
    result = outcome(lambda: try_again("order-1"))
    print(f"{result}; executed: {executed}")
    #> failed, a bug in the label; executed: ['charge']
    DBOS.destroy()

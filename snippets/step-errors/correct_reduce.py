"""`__reduce__` says how to make the error again, and its text stays as it was."""
# expect: ok

import os
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID


# --8<-- [start:rule]
class RefusedError(Exception):
    """The bank says no."""

    def __init__(self, code: int, *, reason: str) -> None:
        super().__init__(f"code {code}: {reason}")
        self.code = code
        self.reason = reason

    def __reduce__(self) -> tuple[Any, ...]:
        return remake, (self.code, self.reason)


def remake(code: int, reason: str) -> RefusedError:
    return RefusedError(code, reason=reason)


# --8<-- [end:rule]


@DBOS.step()
def charge(order: str) -> None:
    raise RefusedError(51, reason="no funds")


@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        first = DBOS.start_workflow(checkout, "order-1")
    try:
        first.get_result()
    except RefusedError as error:
        print("first:", error)
        #> first: code 51: no funds
    try:
        DBOS.retrieve_workflow("order-1").get_result()
    except RefusedError as error:
        print("again:", error)
        #> again: code 51: no funds
    DBOS.destroy()

"""Methods of two classes, and decorators above `@DBOS.workflow()`."""
# expect: ok

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle

Workflow = Callable[[str], str]


class Shop:
    """Has a workflow of a common name."""

    @staticmethod
    @DBOS.workflow()
    def close(day: str) -> str:
        return "shop"


class Bank:
    """Has a workflow of that name too."""

    @staticmethod
    @DBOS.workflow()
    def close(day: str) -> str:
        return "bank"


def loudly(function: Workflow) -> Workflow:
    @wraps(function)
    def wrapper(day: str) -> str:
        return function(day).upper()

    return wrapper


def hidden(function: Workflow) -> Workflow:
    return lambda day: function(day).upper()


@loudly
@DBOS.workflow()
def decorated_above(day: str) -> str:
    return "report"


@hidden
@DBOS.workflow()
def hidden_above(day: str) -> str:
    return "report"


def outcome(call: Callable[[], Any]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def enqueued(workflow: Workflow) -> str:
    handle: WorkflowHandle[str] = DBOS.enqueue_workflow("jobs", workflow, "May")
    return handle.get_result(polling_interval_sec=0.05)


def under_one_id(*workflows: Workflow) -> str:
    results = []
    for workflow in workflows:
        with SetWorkflowID("close"):
            results.append(workflow("May"))
    return " and ".join(results)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("jobs", polling_interval_sec=0.05)
    print("one method name in two classes, the first enqueued:", enqueued(Shop.close))
    #> one method name in two classes, the first enqueued: shop
    both = outcome(lambda: under_one_id(Shop.close, Bank.close))
    print("these two under one id:", both)
    #> these two under one id: DBOSConflictingWorkflowError
    print("decorated above `@DBOS.workflow()`, called:", decorated_above("May"))
    #> decorated above `@DBOS.workflow()`, called: REPORT
    print("decorated above `@DBOS.workflow()`, enqueued:", enqueued(decorated_above))
    #> decorated above `@DBOS.workflow()`, enqueued: report
    refused = outcome(lambda: enqueued(hidden_above))
    print("decorated above without `wraps`, enqueued:", refused)
    #> decorated above without `wraps`, enqueued: DBOSWorkflowFunctionNotFoundError
    DBOS.destroy()

"""The step that needs the key loads it, and the database never holds it."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, WorkflowHandle

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
vault = {"gateway": "key-of-monday"}  # As a secret store, or the environment.


def pay(order: str, key: str) -> str:
    if key != vault["gateway"]:
        raise PermissionError(f"the gateway refuses to charge {order}: old key")
    return f"{order} is paid"


# --8<-- [start:rule]
@DBOS.step()
def charge(order: str) -> str:
    return pay(order, key=vault["gateway"])


@DBOS.workflow()
def checkout(order: str) -> str:
    return charge(order)


def sell(order: str) -> WorkflowHandle[str]:
    return DBOS.enqueue_workflow("orders", checkout, order)


# --8<-- [end:rule]


def outcome(call: Callable[[], str]) -> str:
    try:
        return call()
    except PermissionError as error:
        return str(error)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        handle = sell("order-1")
    operator = DBOSClient(system_database_url=URL)
    print("in the operator's list:", operator.list_workflows()[0].input)
    #> in the operator's list: {'args': ('order-1',), 'kwargs': {}}
    operator.destroy()
    vault["gateway"] = "key-of-tuesday"
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    print(outcome(handle.get_result))
    #> order-1 is paid
    DBOS.destroy()

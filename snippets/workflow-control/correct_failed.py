"""A fork runs from the failed step on."""
# expect: ok

import os
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID

executed: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    executed.append("charge")


@DBOS.step()
def ship(order: str) -> str:
    executed.append("ship")
    if executed.count("ship") == 1:
        raise ConnectionError("carrier is down")
    return f"{order} shipped"


# --8<-- [start:rule]
@DBOS.workflow()
def checkout(order: str) -> str:
    charge(order)
    return ship(order)


def repeat(workflow_id: str) -> str:
    number = 1
    for step in DBOS.list_workflow_steps(workflow_id):
        failed = step["error"] is not None
        number = step["function_id"] + (0 if failed else 1)
    return DBOS.fork_workflow(workflow_id, number).get_result()


# --8<-- [end:rule]


def outcome(workflow_id: str) -> str:
    try:
        return repeat(workflow_id)
    except ConnectionError as failure:
        return f"failed: {failure}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"), suppress(ConnectionError):
        checkout("order-1")
    print("first run:", DBOS.retrieve_workflow("order-1").get_status().status)
    #> first run: ERROR
    print("repeated:", outcome("order-1"))
    #> repeated: order-1 shipped
    print("executed:", executed)
    #> executed: ['charge', 'ship', 'ship']
    DBOS.destroy()

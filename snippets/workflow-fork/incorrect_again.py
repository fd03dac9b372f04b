"""Two clicks make two forks, and both ship."""
# expect: wrong
# differs: only this one needs no error of the database

import os
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle

shipped: list[str] = []
carrier_is_down = True


@DBOS.step()
def ship(order: str) -> None:
    if carrier_is_down:
        raise ConnectionError("carrier is down")
    shipped.append(order)


@DBOS.workflow()
def checkout(order: str) -> str:
    ship(order)
    return "shipped"


# --8<-- [start:rule]
def try_again(workflow_id: str) -> WorkflowHandle[str]:
    return DBOS.fork_workflow(workflow_id, 1)


# --8<-- [end:rule]

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
    carrier_is_down = False
    for handle in [try_again("order-1"), try_again("order-1")]:
        handle.get_result()
    forks = len(DBOS.list_workflows(forked_from="order-1"))
    print(f"forks: {forks}, shipped: {shipped}")
    #> forks: 2, shipped: ['order-1', 'order-1']
    DBOS.destroy()

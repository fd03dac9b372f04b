"""The step is counted in the source, and the charge is made twice."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

executed: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    executed.append("charge")


@DBOS.step()
def ship(order: str) -> None:
    executed.append("ship")


# --8<-- [start:rule]
@DBOS.workflow()
def checkout(order: str) -> None:
    DBOS.set_event("state", "paying")
    charge(order)
    DBOS.sleep(0.01)
    ship(order)


def ship_again(workflow_id: str) -> None:
    second_step = 2
    DBOS.fork_workflow(workflow_id, second_step).get_result()


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        checkout("order-1")
    ship_again("order-1")
    print("executed:", executed)
    #> executed: ['charge', 'ship', 'charge', 'ship']
    DBOS.destroy()

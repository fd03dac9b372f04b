"""The step's number is looked up, and the charge is made once."""
# expect: ok

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
    steps = DBOS.list_workflow_steps(workflow_id)
    number = {step["function_name"]: step["function_id"] for step in steps}
    DBOS.fork_workflow(workflow_id, number["ship"]).get_result()


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
    #> executed: ['charge', 'ship', 'ship']
    DBOS.destroy()

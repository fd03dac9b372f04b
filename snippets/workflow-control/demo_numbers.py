"""Events, messages and sleeps have step numbers, and recv has two."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.step()
def charge(order: str) -> None:
    pass


@DBOS.step()
def ship(order: str) -> None:
    pass


# --8<-- [start:rule]
@DBOS.workflow()
def notify(order: str) -> None:
    DBOS.send("order-1", "paid")


@DBOS.workflow()
def checkout(order: str) -> None:
    DBOS.set_event("state", "paying")
    charge(order)
    notice = DBOS.start_workflow(notify, order)
    DBOS.recv()
    notice.get_result()
    DBOS.sleep(0.01)
    ship(order)


def numbers(workflow_id: str) -> list[str]:
    steps = DBOS.list_workflow_steps(workflow_id)
    return [f"{step['function_id']} {step['function_name']}" for step in steps]


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
    steps = numbers("order-1")
    print(steps[:4])
    #> ['1 DBOS.setEvent', '2 charge', '3 notify', '4 DBOS.recv']
    print(steps[4:])
    #> ['5 DBOS.sleep', '6 DBOS.getResult', '7 DBOS.sleep', '8 ship']
    DBOS.destroy()

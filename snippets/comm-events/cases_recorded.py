"""What is recorded of a read."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def checkout() -> None:
    DBOS.set_event("state", "packed")


def read(key: str) -> object:
    return DBOS.get_event("order-1", key, timeout_seconds=0)


@DBOS.step()
def look(key: str) -> object:
    return read(key)


@DBOS.workflow()
def read_in_workflow(key: str) -> object:
    return read(key)


@DBOS.workflow()
def read_in_step(key: str) -> object:
    return look(key)


@DBOS.workflow()
def read_all(key: str) -> object:
    return DBOS.get_all_events("order-1").get(key)


def recorded(key: str, reader: Callable[[str], object]) -> str:
    with SetWorkflowID(f"{reader.__name__}-{key}"):
        value = reader(key)
    steps = DBOS.list_workflow_steps(f"{reader.__name__}-{key}")
    names = ", ".join(step["function_name"] for step in steps)
    return f"{value}, {names}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        checkout()
    there = recorded("state", read_in_workflow)
    print("a read in a workflow with timeout 0, its rows:", there)
    #> a read in a workflow with timeout 0, its rows: packed, DBOS.getEvent, DBOS.sleep
    missing = recorded("invoice", read_in_workflow)
    print("the same, of a key that nobody publishes:", missing)
    #> the same, of a key that nobody publishes: None, DBOS.getEvent, DBOS.sleep
    print("a read in a step, its rows:", recorded("state", read_in_step))
    #> a read in a step, its rows: packed, look
    print("`get_all_events` in a workflow, its rows:", recorded("state", read_all))
    #> `get_all_events` in a workflow, its rows: packed, DBOS.get_events
    DBOS.destroy()

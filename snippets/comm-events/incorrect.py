"""A published None is read as if nothing had been published."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


def find_discount(order: str) -> int | None:
    return None


# --8<-- [start:rule]
@DBOS.workflow()
def checkout(order: str) -> None:
    DBOS.set_event("discount", find_discount(order))


def show(order: str) -> str:
    answer = DBOS.get_event(order, "discount", timeout_seconds=5)
    if answer is None:
        return "no answer yet, ask again"
    return f"discount: {answer}"


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        checkout("order-1")
    print(show("order-1"))
    #> no answer yet, ask again
    DBOS.destroy()

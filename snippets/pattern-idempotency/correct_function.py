"""The id names the workflow too, so both of them run."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def checkout(order: str) -> str:
    return f"{order} is paid"


@DBOS.workflow()
def refund(order: str) -> str:
    return f"{order} is refunded"


# --8<-- [start:rule]
def handle_request(order: str) -> str:
    with SetWorkflowID(f"checkout-{order}"):
        return checkout(order)


def handle_return(order: str) -> str:
    with SetWorkflowID(f"refund-{order}"):
        return refund(order)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print(handle_request("order-1"))
    #> order-1 is paid
    print(handle_return("order-1"))
    #> order-1 is refunded
    DBOS.destroy()

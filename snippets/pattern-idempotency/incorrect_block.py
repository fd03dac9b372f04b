"""The second workflow of a block gets a random id, and runs each time."""
# expect: wrong

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

charges: list[str] = []
receipts: list[str] = []


@DBOS.step()
def note(order: str, effects: str) -> None:
    {"charges": charges, "receipts": receipts}[effects].append(order)


@DBOS.workflow()
def checkout(order: str) -> None:
    note(order, "charges")


@DBOS.workflow()
def send_receipt(order: str) -> None:
    note(order, "receipts")


# --8<-- [start:rule]
def handle_request(order: str) -> None:
    with SetWorkflowID(f"checkout-{order}"):
        checkout(order)
        send_receipt(order)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    handle_request("order-1")
    handle_request("order-1")
    print("charges:", charges)
    #> charges: ['order-1']
    print("receipts:", receipts)
    #> receipts: ['order-1', 'order-1']
    DBOS.destroy()

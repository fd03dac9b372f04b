"""One workflow ships only what is paid."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

parcels: list[str] = []


@DBOS.step()
def charge(order: str) -> None:
    raise PermissionError(f"the card of {order} is refused")


@DBOS.step()
def pack(order: str) -> None:
    parcels.append(order)


# --8<-- [start:rule]
@DBOS.workflow()
def checkout(order: str) -> None:
    charge(order)
    pack(order)


def sell(order: str) -> None:
    DBOS.enqueue_workflow("orders", checkout, order)


# --8<-- [end:rule]


@DBOS.workflow()
def close_shop() -> list[str]:
    return parcels


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    sell("order-1")
    with SetWorkflowID("evening"):
        evening = DBOS.enqueue_workflow("orders", close_shop)
    DBOS.register_queue("orders", global_concurrency=1, polling_interval_sec=0.1)
    print("parcels without a payment:", ", ".join(evening.get_result()) or "none")
    #> parcels without a payment: none
    DBOS.destroy()

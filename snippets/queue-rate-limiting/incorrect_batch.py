"""The limiter counts started workflows, not the calls that they make."""
# expect: wrong

import os
from collections import Counter

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "payments",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
calls: list[str | None] = []


@DBOS.step()
def call_bank(order: str) -> None:
    calls.append(DBOS.workflow_id)


def register_payments() -> None:
    DBOS.register_queue(
        "payments", limiter={"limit": 2, "period": 2.0}, polling_interval_sec=0.1
    )


# --8<-- [start:rule]
@DBOS.workflow()
def pay(orders: list[str]) -> None:
    for order in orders:
        call_bank(order)


def pay_all(orders: list[str]) -> None:
    DBOS.enqueue_workflow("payments", pay, orders).get_result()


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    register_payments()
    pay_all(["order-1", "order-2", "order-3"])
    print("calls in each start:", list(Counter(calls).values()))
    #> calls in each start: [3]
    DBOS.destroy()

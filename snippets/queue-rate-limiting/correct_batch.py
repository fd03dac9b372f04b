"""Each call is a workflow of its own, and the queue starts two per period."""
# expect: ok

import os
import time

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "payments",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
calls: list[float] = []


@DBOS.step()
def call_bank(order: str) -> None:
    calls.append(time.monotonic())


def register_payments() -> None:
    DBOS.register_queue(
        "payments", limiter={"limit": 2, "period": 1.5}, polling_interval_sec=0.1
    )


# --8<-- [start:rule]
@DBOS.workflow()
def pay(order: str) -> None:
    call_bank(order)


def pay_all(orders: list[str]) -> None:
    handles = [DBOS.enqueue_workflow("payments", pay, order) for order in orders]
    for handle in handles:
        handle.get_result()


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    register_payments()
    pay_all(["order-0"])  # From here on the worker knows the limit.
    calls.clear()
    pay_all(["order-1", "order-2", "order-3"])
    first, _, third = sorted(calls)
    print("third call at least 0.5 s after the first:", third - first >= 0.5)
    #> third call at least 0.5 s after the first: True
    DBOS.destroy()

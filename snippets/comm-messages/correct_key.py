"""A key makes the second sending of the same message harmless."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowID

sent = threading.Event()


# --8<-- [start:rule]
@DBOS.workflow()
def collect(order: str) -> int:
    await_customer(order)
    total = 0
    while (amount := DBOS.recv("payment", timeout_seconds=0)) is not None:
        total += amount
    return total


def on_webhook(order: str, payment_id: str, amount: int) -> None:
    DBOS.send(order, amount, topic="payment", idempotency_key=payment_id)


# --8<-- [end:rule]


@DBOS.step()
def await_customer(order: str) -> None:
    sent.wait()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "payments",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        order = DBOS.start_workflow(collect, "order-1")
    on_webhook("order-1", "payment-7", 50)
    on_webhook("order-1", "payment-7", 50)  # The provider repeats its call.
    sent.set()
    print("collected:", order.get_result())
    #> collected: 50
    DBOS.destroy()

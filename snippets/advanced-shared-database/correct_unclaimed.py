"""A client that acts for billing leaves its work to billing."""
# expect: ok

import os
import time

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")
config: DBOSConfig = {
    "name": "shop",
    "system_database_url": URL,
    "log_level": "CRITICAL",
}
BILL: EnqueueOptions = {"workflow_name": "bill", "queue_name": "invoices"}


@DBOS.workflow()
def pack(order: str) -> str:
    return f"{order} packed"


# --8<-- [start:rule]
def connect_billing() -> DBOSClient:
    return DBOSClient(system_database_url=URL, application_name="billing")


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()  # The shop runs; it has no workflow `bill`.
    DBOS.register_queue("parcels")
    billing = connect_billing()
    billing.register_queue("invoices")
    handle = billing.enqueue(BILL, "order-1")
    print("the shop's own:", DBOS.enqueue_workflow("parcels", pack, "A7").get_result())
    #> the shop's own: A7 packed
    while (status := handle.get_status()).application_name is None:
        time.sleep(0.01)
    print("the bill is with:", status.application_name)
    #> the bill is with: billing
    print("its status:", status.status)
    #> its status: ENQUEUED
    billing.destroy()
    DBOS.destroy()

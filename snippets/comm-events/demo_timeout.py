"""The end of the workflow does not end the wait for its event."""
# expect: ok

import os
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

config: DBOSConfig = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


@DBOS.workflow()
def checkout(order: str) -> None:
    DBOS.set_event("paid", True)


# --8<-- [start:rule]
def wait_for_invoice(order: str) -> tuple[str, bool]:
    began = time.monotonic()
    DBOS.get_event(order, "invoice", timeout_seconds=0.5)
    waited = time.monotonic() - began >= 0.5
    return DBOS.retrieve_workflow(order).get_status().status, waited


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        checkout("order-1")
    status, waited = wait_for_invoice("order-1")
    print("workflow:", status)
    #> workflow: SUCCESS
    print("waited the whole 0.5 s:", waited)
    #> waited the whole 0.5 s: True
    DBOS.destroy()

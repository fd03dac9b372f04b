"""What becomes of a stuck parent when DBOS ends."""
# expect: ok
# Takes some seconds: the listener lengthens the end of DBOS, see below.

import os
import threading
import time

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")


@DBOS.workflow()
def pay() -> str:
    return "paid"


@DBOS.workflow()
def checkout() -> str:
    return DBOS.start_workflow(pay).get_result()


def look(workflow_id: str) -> str:
    """Looks without a launch."""
    client = DBOSClient(system_database_url=URL)
    found = client.retrieve_workflow(workflow_id).get_status()
    client.destroy()
    return found.status + (f", {type(found.error).__name__}" if found.error else "")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "max_executor_threads": 1,
        # DBOS.destroy waits for the listener, and the listener sleeps for so long. So
        # the parent has the time to end before the connections do.
        "use_listen_notify": False,
        "notification_listener_polling_interval_sec": 5.0,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("checkout-1"):
        DBOS.start_workflow(checkout)
    while len(DBOS.list_workflows()) < 2:
        time.sleep(0.01)
    DBOS.destroy()
    while any(each.name.startswith("dbos-exec") for each in threading.enumerate()):
        time.sleep(0.01)
    print("a stuck parent, after `DBOS.destroy`:", look("checkout-1"))
    #> a stuck parent, after `DBOS.destroy`: ERROR, CancelledError
    print("its child, after `DBOS.destroy`:", look("checkout-1-1"))
    #> its child, after `DBOS.destroy`: PENDING

"""The timeout takes effect at the next step."""
# expect: ok

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID, SetWorkflowTimeout, error

timed_out = threading.Event()
sent: list[str] = []


# --8<-- [start:rule]
@DBOS.step()
def send_mail(customer: str) -> None:
    timed_out.wait()  # It takes longer than the timeout.
    sent.append(customer)


@DBOS.workflow()
def remind(customers: list[str]) -> None:
    for customer in customers:
        send_mail(customer)


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reminders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("reminders-1"), SetWorkflowTimeout(0.8):
        handle = DBOS.start_workflow(remind, ["Ada", "Ben", "Cleo"])
    while handle.get_status().status == "PENDING":
        time.sleep(0.01)
    print("status:", handle.get_status().status)
    #> status: CANCELLED
    timed_out.set()
    try:
        handle.get_result()
    except error.DBOSAwaitedWorkflowCancelledError as failure:
        print(failure)
        #> DBOS Error 13: Awaited workflow reminders-1 was cancelled
    print("sent:", sent)
    #> sent: ['Ada']
    DBOS.destroy()

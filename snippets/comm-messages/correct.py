"""Sender and receiver name the same topic."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSConfig, SetWorkflowID

answered = threading.Event()


# --8<-- [start:rule]
@DBOS.workflow()
def pay(invoice: str) -> str:
    ask_manager(invoice)
    answer = DBOS.recv("approval", timeout_seconds=0.2)
    if answer is None:
        return f"{invoice} escalated: no answer"
    return f"{invoice} {answer}"


def approve(invoice: str) -> None:
    DBOS.send(invoice, "approved", topic="approval")


# --8<-- [end:rule]


@DBOS.step()
def ask_manager(invoice: str) -> None:
    """Here, the answer comes before the workflow waits for it."""
    answered.wait()


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("invoice-1"):
        payment = DBOS.start_workflow(pay, "invoice-1")
    approve("invoice-1")
    answered.set()
    print(payment.get_result())
    #> invoice-1 approved
    DBOS.destroy()

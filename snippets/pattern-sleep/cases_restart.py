"""Waits that end while no process runs."""
# expect: crash

import os
import signal
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

# Takes some ten seconds: the waits are long enough for a busy machine to tell.
PERIOD = 3.0
CRASHED = Path("crashed")
moments: list[float] = []


@DBOS.workflow()
def pay() -> None:
    log("waiting")
    DBOS.recv("approval", timeout_seconds=PERIOD)
    log("no answer")


@DBOS.workflow()
def remind() -> str:
    return send_mail("reminder")


@DBOS.step()
def send_mail(text: str) -> str:
    return f"{text} sent"


def log(line: str) -> None:
    moments.append(time.monotonic())


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    if CRASHED.exists():
        time.sleep(PERIOD)  # The timeout and the delay are over.
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("invoice-1"):
        payment = DBOS.start_workflow(pay)
    while not CRASHED.exists():
        if DBOS.list_workflow_steps("invoice-1"):  # The end of the wait is recorded.
            with SetWorkflowID("mail-1"), SetEnqueueOptions(delay_seconds=PERIOD):
                DBOS.enqueue_workflow("mails", remind)
            CRASHED.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    payment.get_result()
    DBOS.register_queue("mails")
    waited = moments[1] - moments[0] >= PERIOD
    mail = DBOS.retrieve_workflow("mail-1").get_result()
    print("a timeout of `recv` that ended in between, waited again:", waited)
    print("a delayed workflow that fell due in between:", mail)
    DBOS.destroy()

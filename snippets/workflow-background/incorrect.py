"""A child that a thread starts is started once more when its parent is recovered."""
# expect: crash
# differs: only this one imports threading

import os
import signal
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

MAILS = Path("mails.log")
CRASHED = Path("crashed")


@DBOS.step()
def send_mail(customer: str) -> None:
    with MAILS.open("a") as log:
        log.write(f"{customer}\n")


# --8<-- [start:rule]
@DBOS.workflow()
def remind(customer: str) -> None:
    send_mail(customer)


@DBOS.workflow()
def close_month(customer: str) -> None:
    reminder = threading.Thread(target=remind, args=(customer,))
    reminder.start()
    reminder.join()
    archive(customer)


# --8<-- [end:rule]


@DBOS.step()
def archive(customer: str) -> None:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reminders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("month-5"):
        close_month("Ada")
    print("mails:", MAILS.read_text().split())
    reminders = DBOS.list_workflows(name="remind")
    print("parents:", [reminder.parent_workflow_id for reminder in reminders])
    DBOS.destroy()

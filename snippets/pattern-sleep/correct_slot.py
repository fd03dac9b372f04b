"""A reminder that is enqueued with a delay leaves its queue free."""
# expect: ok

import os
import time

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, WorkflowHandle

PERIOD = 1.5


@DBOS.step()
def send_mail(text: str) -> None:
    pass


# --8<-- [start:rule]
@DBOS.workflow()
def mail(text: str) -> None:
    send_mail(text)


def mail_later(text: str) -> WorkflowHandle[None]:
    with SetEnqueueOptions(delay_seconds=PERIOD):
        return DBOS.enqueue_workflow("mails", mail, text)


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "mails",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("mails", global_concurrency=1, polling_interval_sec=0.01)
    # A new queue is found within a second. Its first mail shows that it works.
    DBOS.enqueue_workflow("mails", mail, "welcome").get_result()
    reminder = mail_later("reminder")
    while reminder.get_status().status == "ENQUEUED":
        time.sleep(0.01)
    receipt = DBOS.enqueue_workflow("mails", mail, "receipt")
    receipt.get_result(polling_interval_sec=0.01)
    print("receipt sent, reminder is", reminder.get_status().status)
    #> receipt sent, reminder is DELAYED
    DBOS.destroy()

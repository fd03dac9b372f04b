"""A direct call runs at once and drops the priority without a word."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetEnqueueOptions

config: DBOSConfig = {
    "name": "invoices",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
@DBOS.workflow()
def send(invoice: str) -> str:
    return f"{invoice} sent"


def send_urgent() -> str:
    with SetEnqueueOptions(priority=1):
        return send("urgent")


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    print(send_urgent())
    #> urgent sent
    for run in DBOS.list_workflows(name="send"):
        print("queue:", run.queue_name, "priority:", run.priority)
        #> queue: None priority: 0
    DBOS.destroy()

"""The 2.x option that switched priorities on is gone."""
# expect: raises TypeError
# types: unexpected-keyword - the wrong way is an argument that dbos 3 lacks

import os

from dbos import DBOS, DBOSConfig, SetEnqueueOptions

config: DBOSConfig = {
    "name": "invoices",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
sent: list[str] = []


@DBOS.step()
def mail(invoice: str) -> None:
    sent.append(invoice)


@DBOS.workflow()
def send(invoice: str) -> None:
    mail(invoice)


# --8<-- [start:rule]
def register_invoices() -> None:
    DBOS.register_queue("invoices", global_concurrency=1, priority_enabled=True)


# --8<-- [end:rule]


@DBOS.workflow()
def close_month() -> None:
    with SetEnqueueOptions(priority=10):
        DBOS.enqueue_workflow("invoices", send, "routine")
    with SetEnqueueOptions(priority=1):
        DBOS.enqueue_workflow("invoices", send, "urgent")


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    register_invoices()
    # It holds the only slot until both invoices wait behind it.
    DBOS.enqueue_workflow("invoices", close_month).get_result()
    for run in DBOS.list_workflows(name="send"):
        DBOS.retrieve_workflow(run.workflow_id).get_result()
    print("sent:", sent)
    DBOS.destroy()

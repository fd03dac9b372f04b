"""What an application sees of another's work, and who takes what."""
# expect: ok

import os
from collections.abc import Callable
from datetime import datetime

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")


def launch(name: str, version: str) -> None:
    config: DBOSConfig = {
        "name": name,
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "application_version": version,
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)
    DBOS.launch()


@DBOS.workflow()
def bill(order: str) -> str:
    return f"{order} billed"


@DBOS.workflow()
def count_bills(scheduled: datetime, context: object) -> None:
    pass


def schedule() -> None:
    DBOS.create_schedule(
        schedule_name="count", workflow_fn=count_bills, schedule="0 0 1 1 *"
    )


def outcome(call: Callable[[], object]) -> str:
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return "accepted"


def job(workflow_id: str, application: str | None = None) -> EnqueueOptions:
    options: EnqueueOptions = {
        "workflow_name": "bill",
        "queue_name": "invoices",
        "workflow_id": workflow_id,
    }
    if application:
        options["application_name"] = application
    return options


def state(workflow_id: str) -> str:
    status = DBOS.get_workflow_status(workflow_id)
    return f"{status.status}, of {status.application_name}" if status else "missing"


if __name__ == "__main__":
    launch("billing", "billing-1")
    DBOS.register_queue("invoices", polling_interval_sec=0.1)
    schedule()
    with SetWorkflowID("bill-1"):
        bill("order-1")
    DBOS.destroy()
    print(
        "a version name of another application:",
        outcome(lambda: launch("shop", "billing-1")),
    )
    #> a version name of another application: DBOSException
    DBOS.destroy()
    launch("shop", "shop-1")
    print("a schedule name of another application:", outcome(schedule))
    #> a schedule name of another application: DBOSException
    own = len(DBOS.list_workflows())
    others = len(DBOS.list_workflows(application_name="billing"))
    print("listed without, and with, billing's name:", f"{own} and {others}")
    #> listed without, and with, billing's name: 0 and 1
    print(
        "another application's run, read by its id:",
        DBOS.retrieve_workflow("bill-1").get_result(),
    )
    #> another application's run, read by its id: order-1 billed
    with SetWorkflowID("own-call"):
        DBOS.enqueue_workflow("invoices", bill, "order-2")
    DBOS.enqueue_workflow_with_options(job("own-options"), "order-3")
    DBOS.enqueue_workflow_with_options(job("for-billing", "billing"), "order-4")
    DBOS.enqueue_workflow_with_options(job("for-nobody", "biling"), "order-5")
    client = DBOSClient(system_database_url=URL)
    client.enqueue(job("by-client"), "order-6")
    print("a client without an application lists:", len(client.list_workflows()))
    #> a client without an application lists: 6
    DBOS.destroy()
    launch("billing", "billing-1")
    for taken in ("for-billing", "by-client"):
        DBOS.retrieve_workflow(taken).get_result()
    DBOS.enqueue_workflow("invoices", bill, "order-7").get_result()
    print("`enqueue_workflow` on billing's queue by the shop:", state("own-call"))
    #> `enqueue_workflow` on billing's queue by the shop: ENQUEUED, of shop
    print("enqueued with options, without `application_name`:", state("own-options"))
    #> enqueued with options, without `application_name`: ENQUEUED, of shop
    print("enqueued with `application_name` billing:", state("for-billing"))
    #> enqueued with `application_name` billing: SUCCESS, of billing
    print("enqueued with a misspelt `application_name`:", state("for-nobody"))
    #> enqueued with a misspelt `application_name`: ENQUEUED, of biling
    print("enqueued by a client without an application:", state("by-client"))
    #> enqueued by a client without an application: SUCCESS, of billing
    DBOS.destroy()
    client.destroy()

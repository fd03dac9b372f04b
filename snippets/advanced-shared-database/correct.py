"""The shop names billing as the owner, and billing does the work."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetEnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")
config: DBOSConfig = {
    "name": "billing",
    "system_database_url": URL,
    "log_level": "ERROR",
}


@DBOS.workflow()
def bill(order: str) -> str:
    return f"{order} billed"


# --8<-- [start:rule]
def request_bill(shop: DBOSClient, order: str) -> str:
    options: EnqueueOptions = {
        "workflow_name": "bill",
        "queue_name": "invoices",
        "application_name": "billing",
    }
    return shop.enqueue(options, order).get_workflow_id()


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("invoices", global_concurrency=1)
    shop = DBOSClient(system_database_url=URL, application_name="shop")
    request = request_bill(shop, "order-1")
    with SetEnqueueOptions(priority=1):  # It runs after the shop's request.
        own = DBOS.enqueue_workflow("invoices", bill, "order-2")
    print("billing's own:", own.get_result())
    #> billing's own: order-2 billed
    status = shop.retrieve_workflow(request).get_status()
    print("owner:", status.application_name)
    #> owner: billing
    print("the shop's request:", status.status)
    #> the shop's request: SUCCESS
    print("billing sees:", len(DBOS.list_workflows()), "workflows")
    #> billing sees: 2 workflows
    shop.destroy()
    DBOS.destroy()

"""Which queues an application polls, beside the owner of the run."""
# expect: ok
# Slower than others: runs that are not taken get a second.

import os
import time

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")


@DBOS.workflow()
def bill(order: str) -> str:
    return f"{order} billed"


def enqueue(client: DBOSClient, queue: str, application: str | None = None) -> str:
    options: EnqueueOptions = {"workflow_name": "bill", "queue_name": queue}
    if application:
        options["application_name"] = application
    return client.enqueue(options, "order-1").get_workflow_id()


def state(workflow_id: str) -> str:
    status = DBOS.retrieve_workflow(workflow_id).get_status()
    return f"{status.status}, of {status.application_name or 'nobody'}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "billing",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    shop = DBOSClient(system_database_url=URL, application_name="shop")
    nobody = DBOSClient(system_database_url=URL)
    shop.register_queue("parcels", polling_interval_sec=0.1)
    nobody.register_queue("errands", polling_interval_sec=0.1)
    owned = enqueue(shop, "parcels", "billing")
    unclaimed = enqueue(nobody, "parcels")
    errand = enqueue(shop, "errands", "billing")
    DBOS.retrieve_workflow(errand).get_result()
    time.sleep(1)
    print("billing's run on a queue of the shop:", state(owned))
    #> billing's run on a queue of the shop: ENQUEUED, of billing
    print("nobody's run on a queue of the shop:", state(unclaimed))
    #> nobody's run on a queue of the shop: ENQUEUED, of nobody
    print("billing's run on a queue of nobody:", state(errand))
    #> billing's run on a queue of nobody: SUCCESS, of billing
    shop.destroy()
    nobody.destroy()
    DBOS.destroy()

"""Each application puts its own name in front of its queues."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")
config: DBOSConfig = {
    "name": "shop",
    "system_database_url": URL,
    "log_level": "ERROR",
}


# --8<-- [start:rule]
def register_queues() -> None:
    DBOS.register_queue("shop-orders")


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    billing = DBOSClient(system_database_url=URL, application_name="billing")
    billing.register_queue("orders")
    register_queues()
    print([queue.name for queue in DBOS.list_queues()])
    #> ['shop-orders']
    billing.destroy()
    DBOS.destroy()

"""A queue name that another application owns is refused."""
# expect: raises DBOSException

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
    DBOS.register_queue("orders")


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    billing = DBOSClient(system_database_url=URL, application_name="billing")
    billing.register_queue("orders")
    register_queues()
    print([queue.name for queue in DBOS.list_queues()])
    billing.destroy()
    DBOS.destroy()

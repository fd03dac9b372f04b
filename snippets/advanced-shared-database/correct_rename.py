"""After a rename, the stopped application's rows are moved to its new name."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")
PACK: EnqueueOptions = {"workflow_name": "pack", "queue_name": "parcels"}


@DBOS.workflow()
def pack(order: str) -> str:
    return f"{order} packed"


config: DBOSConfig = {
    "name": "store",  # It was "shop" until now.
    "system_database_url": URL,
    "log_level": "ERROR",
    "application_version": "parcels-1",  # The name of the release, as before.
}


# --8<-- [start:rule]
def start(client: DBOSClient) -> None:
    client.rename_application("shop", "store")
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("parcels")


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS.migrate(URL)
    shop = DBOSClient(system_database_url=URL, application_name="shop")
    shop.register_queue("parcels")
    handle = shop.enqueue(PACK, "order-1")
    start(shop)
    print(handle.get_result())
    #> order-1 packed
    print("owner:", handle.get_status().application_name)
    #> owner: store
    shop.destroy()
    DBOS.destroy()

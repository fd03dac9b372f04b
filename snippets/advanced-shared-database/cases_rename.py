"""What a rename does to a run that the application has enqueued itself."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///company.sqlite")


@DBOS.workflow()
def pack(order: str) -> str:
    return f"{order} packed"


def launch(name: str, version: str | None) -> None:
    config: DBOSConfig = {
        "name": name,
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "application_version": version,
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)
    DBOS.launch()


def renamed(old: str, new: str, version: str | None = None) -> str:
    """The status of the old application's run when the new one has done its work."""
    launch(old, version)
    with SetWorkflowID(old):
        DBOS.enqueue_workflow(f"{old}-parcels", pack, "order-1")
    DBOS.destroy()
    client = DBOSClient(system_database_url=URL)
    client.rename_application(old, new)
    launch(new, version)
    DBOS.register_queue(f"{old}-parcels", polling_interval_sec=0.1)
    DBOS.enqueue_workflow(f"{old}-parcels", pack, "order-2").get_result()
    if version:
        DBOS.retrieve_workflow(old).get_result()
    status = client.retrieve_workflow(old).get_status()
    client.destroy()
    DBOS.destroy()
    return f"{status.status}, of {status.application_name}"


if __name__ == "__main__":
    print("an own run, after a rename:", renamed("shop", "store"))
    #> an own run, after a rename: ENQUEUED, of store
    pinned = renamed("kiosk", "market", "market-1")
    print("the same with `application_version` set:", pinned)
    #> the same with `application_version` set: SUCCESS, of market

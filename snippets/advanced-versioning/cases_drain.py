"""What the old version still has to do, and how draining it ends."""
# expect: ok
# Slower than others: the old version waits for a delayed run.

import os
import time

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

UNFINISHED = ["DELAYED", "ENQUEUED", "PENDING"]


def launch(version: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "application_version": version,
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)
    DBOS.launch()


def deploy() -> None:
    launch("1")
    while DBOS.list_workflows(app_version="1", status=UNFINISHED):
        time.sleep(0.1)
    DBOS.destroy()
    launch("2")


@DBOS.workflow()
def ship(order: str) -> str:
    return f"by version {DBOS.application_version}"


@DBOS.workflow()
def refuse(order: str) -> None:
    raise ValueError("refused")


def state(workflow_id: str) -> str:
    status = DBOS.get_workflow_status(workflow_id)
    return f"{status.status}, version {status.app_version}" if status else "missing"


def outcome(workflow_id: str) -> str:
    status = DBOS.get_workflow_status(workflow_id)
    return f"{status.status}, {status.output or status.error}" if status else "missing"


if __name__ == "__main__":
    launch("1")
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    with SetEnqueueOptions(delay_seconds=0.5):
        with SetWorkflowID("delayed"):
            DBOS.enqueue_workflow("orders", ship, "order-1")
        with SetWorkflowID("failing"):
            DBOS.enqueue_workflow("orders", refuse, "order-2")
    with SetWorkflowID("cancelled"), SetEnqueueOptions(delay_seconds=3600):
        DBOS.enqueue_workflow("orders", ship, "order-3")
    DBOS.cancel_workflow("cancelled")
    DBOS.destroy()
    deploy()
    print("a run that falls due while the old version drains:", outcome("delayed"))
    #> a run that falls due while the old version drains: SUCCESS, by version 1
    print("a run that fails while the old version drains:", outcome("failing"))
    #> a run that fails while the old version drains: ERROR, refused
    print("launched after the failed run:", f"version {DBOS.application_version}")
    #> launched after the failed run: version 2
    DBOS.resume_workflow("cancelled")
    DBOS.enqueue_workflow("orders", ship, "order-4").get_result()
    print("version 1's cancelled run, resumed under version 2:", state("cancelled"))
    #> version 1's cancelled run, resumed under version 2: ENQUEUED, version 1
    DBOS.destroy()

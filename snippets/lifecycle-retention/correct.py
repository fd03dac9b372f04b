"""A clean-up goes by the end, and keeps the children of what it keeps."""
# expect: ok

import os
import threading
from datetime import UTC, datetime, timedelta

from dbos import DBOS, DBOSConfig, SetWorkflowID

waits, go_on = threading.Event(), threading.Event()


@DBOS.step()
def await_parcel() -> None:
    waits.set()
    go_on.wait(60)


@DBOS.workflow()
def pay() -> str:
    return "paid"


@DBOS.workflow()
def deliver() -> None:
    with SetWorkflowID("payment-1"):
        pay()
    await_parcel()


@DBOS.workflow()
def checkout() -> None:
    with SetWorkflowID("delivery-1"):
        DBOS.start_workflow(deliver)


# --8<-- [start:rule]
def clean_up(now: datetime) -> None:
    month_ago = now - timedelta(days=30)
    old = DBOS.list_workflows(
        completed_before=month_ago.isoformat(),
        load_input=False,
        load_output=False,
    )
    everything = DBOS.list_workflows(
        load_input=False,
        load_output=False,
    )
    kept = {run.workflow_id for run in everything}
    kept -= {run.workflow_id for run in old}
    gone = [r for r in old if r.parent_workflow_id not in kept]
    ids = [run.workflow_id for run in gone]
    for n in range(0, len(ids), 1000):
        DBOS.delete_workflows(ids[n : n + 1000])


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("checkout-1"):
        checkout()  # It ends, its child waits, and the child of its child has ended.
    waits.wait()
    clean_up(now=datetime.now(UTC) + timedelta(days=31))
    kept = [run.workflow_id for run in DBOS.list_workflows()]
    print("kept:", ", ".join(sorted(kept)) or "nothing")
    #> kept: delivery-1, payment-1
    go_on.set()
    DBOS.destroy(workflow_completion_timeout_sec=10)

"""A clean-up deletes the running child of a workflow that has ended."""
# expect: wrong

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
        has_parent=False,
        load_input=False,
        load_output=False,
    )
    ids = [run.workflow_id for run in old]
    DBOS.delete_workflows(ids, delete_children=True)


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
    #> kept: nothing
    go_on.set()
    DBOS.destroy(workflow_completion_timeout_sec=10)

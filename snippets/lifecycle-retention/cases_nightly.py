"""A nightly clean-up as a schedule, whose step deletes."""
# expect: ok
# since: 3.3

import os
import threading
from datetime import datetime, timedelta

from dbos import DBOS, DBOSConfig

waits, go_on = threading.Event(), threading.Event()


@DBOS.step()
def await_parcel() -> None:
    waits.set()
    go_on.wait(60)


@DBOS.workflow()
def deliver() -> None:
    await_parcel()


@DBOS.workflow()
def pay() -> None:
    pass


@DBOS.step()
def delete_ended(before: datetime) -> None:
    kept = {run.workflow_id for run in DBOS.list_workflows()}
    old = DBOS.list_workflows(completed_before=before.isoformat())
    kept -= {run.workflow_id for run in old}
    gone = [r.workflow_id for r in old if r.parent_workflow_id not in kept]
    DBOS.delete_workflows(gone)


@DBOS.workflow()
def purge(scheduled_time: datetime, days: int) -> None:
    delete_ended(scheduled_time - timedelta(days=days))


def kept() -> str:
    runs = DBOS.list_workflows()
    return ", ".join(sorted(f"{run.name} {run.status}" for run in runs))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "purge",
                "workflow_fn": purge,
                "schedule": "0 3 * * *",
                "context": -1,  # Up to tomorrow, so that all that ended is old.
            }
        ]
    )
    for _ in range(3):
        pay()
    delivery = DBOS.start_workflow(deliver)
    waits.wait()
    DBOS.enqueue_workflow("nobody-registers-it", pay)
    first = DBOS.trigger_schedule("purge")
    first.get_result()
    print("kept by a triggered purge:", kept())
    #> kept by a triggered purge: deliver PENDING, pay ENQUEUED, purge SUCCESS
    DBOS.trigger_schedule("purge").get_result()
    again = DBOS.get_workflow_status(first.workflow_id)
    print("the run of that purge, after the next one:", again)
    #> the run of that purge, after the next one: None
    go_on.set()
    delivery.get_result()
    DBOS.destroy()

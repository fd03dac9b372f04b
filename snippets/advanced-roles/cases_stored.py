"""As whom a protected workflow runs that others store, fork or start again."""
# expect: ok
# since: 3.1

import os
from datetime import datetime
from typing import Any

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    DBOSContextSetAuth,
    Debouncer,
    SetEnqueueOptions,
    SetWorkflowID,
    WorkflowHandle,
)

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")


@DBOS.required_roles(["manager"])
@DBOS.workflow()
def refund() -> str:
    return f"{DBOS.authenticated_user} as {DBOS.assumed_role}"


@DBOS.required_roles(["manager"])
@DBOS.workflow()
def close_day(day: datetime, context: object) -> None:
    """Is run by a schedule."""


def outcome(handle: WorkflowHandle[Any]) -> str:
    try:
        return handle.get_result()
    except Exception as error:
        return f"{handle.get_status().status}, {type(error).__name__}"


def enqueued(workflow_id: str, delay: float | None = None) -> WorkflowHandle[str]:
    with SetWorkflowID(workflow_id), SetEnqueueOptions(delay_seconds=delay):
        return DBOS.enqueue_workflow("refunds", refund)


def manager() -> DBOSContextSetAuth:
    return DBOSContextSetAuth("Ada", ["manager"])


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("refunds", polling_interval_sec=0.1)
    client = DBOSClient(system_database_url=URL)
    with manager():
        by_client = client.enqueue({"workflow_name": "refund", "queue_name": "refunds"})
        debounced = Debouncer.create(refund).debounce("order-1", 0.1)
        DBOS.create_schedule(
            schedule_name="nightly", workflow_fn=close_day, schedule="0 0 1 1 *"
        )
        triggered = DBOS.trigger_schedule("nightly")
        allowed = enqueued("allowed")
        waiting = enqueued("waiting", 3600)
    print("enqueued by a client in the block:", outcome(by_client))
    #> enqueued by a client in the block: ERROR, DBOSNotAuthorizedError
    named = client.enqueue(
        {
            "workflow_name": "refund",
            "queue_name": "refunds",
            "authenticated_user": "Eve",
            "authenticated_roles": ["manager"],
        }
    )
    print("a client that names user and roles itself:", outcome(named))
    #> a client that names user and roles itself: Eve as manager
    print("debounced in the block:", outcome(debounced))
    #> debounced in the block: Ada as manager
    print("scheduled and triggered in the block:", outcome(triggered))
    #> scheduled and triggered in the block: ERROR, DBOSNotAuthorizedError
    outcome(allowed)
    forked = DBOS.fork_workflow("allowed", 1)
    print("Ada's run, forked by nobody:", outcome(forked))
    #> Ada's run, forked by nobody: Ada as manager
    DBOS.cancel_workflow("waiting")
    DBOS.resume_workflow("waiting")
    print("Ada's run, cancelled, resumed by nobody:", outcome(waiting))
    #> Ada's run, cancelled, resumed by nobody: Ada as manager
    denied = enqueued("denied")
    print("enqueued by nobody:", outcome(denied))
    #> enqueued by nobody: ERROR, DBOSNotAuthorizedError
    with manager():
        forked = DBOS.fork_workflow("denied", 1)
        DBOS.rewind_workflow("denied")
    print("nobody's run, forked by Ada:", outcome(forked))
    #> nobody's run, forked by Ada: ERROR, DBOSNotAuthorizedError
    print("nobody's run, rewound by Ada:", outcome(denied))
    #> nobody's run, rewound by Ada: ERROR, DBOSNotAuthorizedError
    runs = DBOS.list_workflows(user="Ada")
    print(
        "runs that a list finds by `user`:", len(runs), "of", len(DBOS.list_workflows())
    )
    #> runs that a list finds by `user`: 4 of 9
    client.destroy()
    DBOS.destroy()

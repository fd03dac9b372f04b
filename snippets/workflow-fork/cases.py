"""What a run has after a cancel, a resume, a rewind and a fork."""
# expect: ok

import os

from dbos import (
    DBOS,
    DBOSConfig,
    SetEnqueueOptions,
    SetWorkflowTimeout,
    WorkflowStatus,
)

QUEUE = "reports"  # Nobody registers it, so that nothing moves while we look.


@DBOS.workflow()
def report(month: str) -> None:
    pass


@DBOS.workflow()
def plan(number: int, partitioned: bool) -> str:
    """Enqueues a report that has all there is to have."""
    key, deduplication_id = ("eu", None) if partitioned else (None, f"may-{number}")
    with (
        SetEnqueueOptions(
            priority=5, queue_partition_key=key, deduplication_id=deduplication_id
        ),
        SetWorkflowTimeout(60),
    ):
        return DBOS.enqueue_workflow(QUEUE, report, "may").get_workflow_id()


def four(partitioned: bool, queue: str | None) -> list[WorkflowStatus]:
    """A run that was cancelled, a resumed one, a rewound one, and a fork."""
    cancelled, resumed, rewound, original = [plan(n, partitioned) for n in range(4)]
    for workflow_id in (cancelled, resumed, rewound):
        DBOS.cancel_workflow(workflow_id)
    DBOS.resume_workflow(resumed, queue_name=queue)
    DBOS.rewind_workflow(rewound, queue_name=queue)
    fork = DBOS.fork_workflow(original, 1, queue_name=queue)
    ids = (cancelled, resumed, rewound, fork.get_workflow_id())
    found = {run.workflow_id: run for run in DBOS.list_workflows(workflow_ids=[*ids])}
    return [found[workflow_id] for workflow_id in ids]


def values(run: WorkflowStatus, queue: str | None) -> str:
    facts = [
        "new id" if run.forked_from else "same id",
        run.app_version or "no version",
        queue.removeprefix("_dbos_").replace("_", " ") if queue else "no queue",
        f"key {run.queue_partition_key}" if run.queue_partition_key else "no key",
        f"priority {run.priority}",
    ]
    return ", ".join(facts)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "application_version": "v1",
    }
    DBOS(config=config)
    DBOS.launch()
    # A worker of the internal queue takes a run, so the queue is that of other runs.
    runs = four(partitioned=True, queue=QUEUE)
    queues = [run.queue_name for run in four(partitioned=True, queue=None)]
    cancelled, resumed, rewound, fork = map(values, runs, queues)
    print("a run of v1, cancelled:", cancelled)
    #> a run of v1, cancelled: same id, v1, no queue, key eu, priority 5
    print("a run of v1, resumed:", resumed)
    #> a run of v1, resumed: same id, v1, internal queue, key eu, priority 5
    print("a run of v1, rewound:", rewound)
    #> a run of v1, rewound: same id, v1, internal queue, no key, priority 5
    print("a run of v1, forked:", fork)
    #> a run of v1, forked: new id, no version, internal queue, no key, priority 0
    lost = (runs[-1].parent_workflow_id, runs[-1].workflow_timeout_ms)
    print("parent and timeout of a fork, where the run had both:", *lost)
    #> parent and timeout of a fork, where the run had both: None None
    ids = [run.deduplication_id for run in four(partitioned=False, queue=QUEUE)]
    print("its deduplication id after each of the four:", *ids)
    #> its deduplication id after each of the four: None None None None
    DBOS.destroy()

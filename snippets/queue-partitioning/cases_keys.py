"""Which jobs a partitioned queue takes, by their keys."""
# expect: ok

import os
from collections import Counter
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSConfig, Debouncer, SetEnqueueOptions, WorkflowHandle

POLL = 0.05


@DBOS.workflow()
def build(month: str) -> None:
    pass


@DBOS.workflow()
def build_all(scheduled_at: datetime, context: object) -> None:
    pass


def enqueue(
    queue: str, key: str | None, delay: float | None = None
) -> WorkflowHandle[Any]:
    with SetEnqueueOptions(queue_partition_key=key, delay_seconds=delay):
        return DBOS.enqueue_workflow(queue, build, "May")


def status(run: WorkflowHandle[Any]) -> str:
    return run.get_status().status


def ended(run: WorkflowHandle[Any]) -> str:
    run.get_result(polling_interval_sec=POLL)
    return status(run)


def poll_some_times() -> None:
    for _ in range(4):
        ended(enqueue("reports", "control"))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    reports = DBOS.register_queue(
        "reports", partition_concurrency=1, polling_interval_sec=POLL
    )
    DBOS.create_schedule(
        schedule_name="all",
        workflow_fn=build_all,
        schedule="0 0 1 1 *",
        queue_name="reports",
    )
    no_key = enqueue("reports", None)
    delayed = enqueue("reports", "acme", delay=60)
    print("behind a delayed job of its key:", ended(enqueue("reports", "acme")))
    #> behind a delayed job of its key: SUCCESS
    print("an empty string as the key:", ended(enqueue("reports", "")))
    #> an empty string as the key: SUCCESS
    scheduled = DBOS.trigger_schedule("all")
    debounced = Debouncer.create(build, queue="reports").debounce("d", 0, "May")
    ended(Debouncer.create(build).debounce("d", 0, "May"))
    fork = DBOS.fork_workflow(delayed.workflow_id, 1, queue_name="reports")
    with_key = DBOS.fork_workflow(
        delayed.workflow_id, 1, queue_name="reports", queue_partition_key="acme"
    )
    print("a fork onto the queue, with a key:", ended(with_key))
    #> a fork onto the queue, with a key: SUCCESS
    poll_some_times()
    print("a fork onto the queue, without a key:", status(fork))
    #> a fork onto the queue, without a key: ENQUEUED
    print("a scheduled run on the queue:", status(scheduled))
    #> a scheduled run on the queue: ENQUEUED
    print("a debounced run on the queue:", status(debounced))
    #> a debounced run on the queue: ENQUEUED
    print("a job without a key:", status(no_key))
    #> a job without a key: ENQUEUED
    reports.set_partition_concurrency(None)
    print("the same once the queue has no limit per key:", ended(no_key))
    #> the same once the queue has no limit per key: SUCCESS
    limited = [enqueue("calls", key) for key in ("acme", "acme", "globex", "globex")]
    DBOS.register_queue(
        "calls", partition_limiter={"limit": 1, "period": 60}, polling_interval_sec=POLL
    )
    while Counter(map(status, limited))["SUCCESS"] < 2:
        poll_some_times()
    counts = dict(sorted(Counter(map(status, limited)).items()))
    print("two jobs each of two keys, one start in 60 s:", counts)
    #> two jobs each of two keys, one start in 60 s: {'ENQUEUED': 2, 'SUCCESS': 2}
    DBOS.destroy()

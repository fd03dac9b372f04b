"""Which priority a job is stored with."""
# expect: ok

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    Debouncer,
    SetEnqueueOptions,
    WorkflowHandle,
)

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///invoices.sqlite")
CONFIG = DBOSConfig(name="invoices", system_database_url=URL, log_level="CRITICAL")
POLL = 0.05


@DBOS.workflow()
def send(invoice: str) -> None:
    pass


@DBOS.workflow()
def send_all(scheduled_at: datetime, context: object) -> None:
    pass


@DBOS.workflow()
def close_month() -> int | None:
    return stored(enqueue(None))


def enqueue(priority: int | None) -> WorkflowHandle[None]:
    with SetEnqueueOptions(priority=priority):
        return DBOS.enqueue_workflow("held", send, "invoice")


def stored(run: WorkflowHandle[Any]) -> int | None:
    return run.get_status().priority


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def debounce(key: str, priority: int | None) -> int | None:
    with SetEnqueueOptions(priority=priority):
        return stored(Debouncer.create(send, queue="held").debounce(key, 0, "invoice"))


def scheduled() -> int | None:
    DBOS.create_schedule(
        schedule_name="all",
        workflow_fn=send_all,
        schedule="0 0 1 1 *",
        queue_name="held",
    )
    return stored(DBOS.trigger_schedule("all"))


def by_client(client: DBOSClient) -> WorkflowHandle[None]:
    return client.enqueue(
        {"workflow_name": "send", "queue_name": "held", "priority": 0}, "priority 0"
    )


if __name__ == "__main__":
    DBOS(config=CONFIG)
    DBOS.launch()
    DBOS.register_queue("invoices", worker_concurrency=1, polling_interval_sec=POLL)
    DBOS.register_queue("held", worker_concurrency=0)
    too_low = outcome(lambda: SetEnqueueOptions(priority=0))
    print("priority 0:", too_low)
    #> priority 0: Exception
    client = DBOSClient(system_database_url=URL)
    print("priority 0, by a client:", outcome(lambda: by_client(client)))
    #> priority 0, by a client: DBOSException
    client.destroy()
    last = enqueue(2147483647)
    print("the largest number, stored as:", stored(last))
    #> the largest number, stored as: 2147483647
    print("no priority, stored as:", stored(enqueue(None)))
    #> no priority, stored as: 0
    with SetEnqueueOptions(priority=7):
        parent = DBOS.enqueue_workflow("invoices", close_month)
        second = DBOS.enqueue_workflow("held", send, "second")
        with SetEnqueueOptions(queue_partition_key="acme"):
            keyed = DBOS.enqueue_workflow("held", send, "keyed")
    print("the second job in a block with priority 7:", stored(second))
    #> the second job in a block with priority 7: 7
    print("a second block, with a key, in that block:", stored(keyed))
    #> a second block, with a key, in that block: 0
    child = parent.get_result(polling_interval_sec=POLL)
    print("a job that a job of priority 7 enqueues:", child)
    #> a job that a job of priority 7 enqueues: 0
    fork = DBOS.fork_workflow(last.workflow_id, 1, queue_name="held")
    print("a fork of a job with the largest number:", stored(fork))
    #> a fork of a job with the largest number: 0
    print("a scheduled run, stored as:", scheduled())
    #> a scheduled run, stored as: 0
    print("a debounced run, stored as:", debounce("a", None))
    #> a debounced run, stored as: 0
    print("a debounce with priority 7:", outcome(lambda: debounce("b", 7)))
    #> a debounce with priority 7: DBOSException
    DBOS.cancel_workflow(last.workflow_id)
    DBOS.resume_workflow(last.workflow_id, queue_name="held")
    print("a resume of a job with the largest number:", stored(last))
    #> a resume of a job with the largest number: 2147483647
    DBOS.destroy()

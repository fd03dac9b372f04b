"""Which job is sent next."""
# expect: ok

import os
import threading

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, WorkflowHandle

config: DBOSConfig = {
    "name": "invoices",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}
POLL = 0.05
sent: list[str] = []
started = threading.Event()
gate = threading.Event()


@DBOS.step()
def mail(invoice: str) -> None:
    started.set()
    gate.wait(30)
    sent.append(invoice)


@DBOS.workflow()
def send(invoice: str) -> None:
    mail(invoice)


def enqueue(
    priority: int | None, queue: str = "invoices", key: str | None = None
) -> WorkflowHandle[None]:
    with SetEnqueueOptions(priority=priority, queue_partition_key=key):
        return DBOS.enqueue_workflow(queue, send, f"{priority}")


def end_all(runs: list[WorkflowHandle[None]]) -> None:
    gate.set()
    for run in runs:
        run.get_result(polling_interval_sec=POLL)


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("invoices", global_concurrency=1, polling_interval_sec=POLL)
    DBOS.register_queue("tenants", partition_concurrency=1, polling_interval_sec=POLL)
    runs = [enqueue(100)]
    started.wait()
    runs += [enqueue(priority) for priority in (10, 5, None, 1)]
    state = runs[0].get_status().status
    print("a job of priority 100, when urgent ones arrive:", state)
    #> a job of priority 100, when urgent ones arrive: PENDING
    end_all(runs)
    print("priorities in the order of the sending:", *sent[1:])
    #> priorities in the order of the sending: None 1 5 10
    started.clear()
    gate.clear()
    busy = enqueue(5, "tenants", "acme")
    started.wait()
    urgent = enqueue(1, "tenants", "acme")
    started.clear()
    other = enqueue(9, "tenants", "globex")
    started.wait()
    states = [run.get_status().status for run in (urgent, other)]
    print("a 1 whose key is busy, and a 9 whose key is free:", *states)
    #> a 1 whose key is busy, and a 9 whose key is free: ENQUEUED PENDING
    end_all([busy, urgent, other])
    DBOS.destroy()

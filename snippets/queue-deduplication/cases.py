"""What a second request gets while a deduplication id is taken, and afterwards."""
# expect: ok

import os
import threading
from collections.abc import Callable

from dbos import (
    DBOS,
    DBOSConfig,
    DuplicationPolicy,
    SetEnqueueOptions,
    SetWorkflowID,
    WorkflowHandle,
)

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
CONFIG = DBOSConfig(name="reports", system_database_url=URL, log_level="CRITICAL")
JOIN: DuplicationPolicy = "return-existing"
data_ready = threading.Event()


@DBOS.step()
def collect(month: str) -> str:
    data_ready.wait(30)
    return {"May": "report for May"}[month]


@DBOS.workflow()
def build_report(month: str) -> str:
    return collect(month)


@DBOS.workflow()
def build_invoice(month: str) -> str:
    return f"invoice for {month}"


def request(
    dedup_id: str,
    queue: str = "reports",
    month: str = "May",
    policy: DuplicationPolicy | None = None,
    delay: float | None = None,
) -> WorkflowHandle[str]:
    options = SetEnqueueOptions(
        deduplication_id=dedup_id, duplication_policy=policy, delay_seconds=delay
    )
    with options:
        return DBOS.enqueue_workflow(queue, build_report, month)


def outcome(call: Callable[[], WorkflowHandle[str]]) -> str:
    try:
        return "the first run" if call().workflow_id == "first" else "a run of its own"
    except Exception as error:
        return type(error).__name__


def result(run: WorkflowHandle[str]) -> str:
    return run.get_result(polling_interval_sec=0.05)


def named_by_error() -> str:
    try:
        with SetWorkflowID("second"):
            return request("taken").workflow_id
    except Exception as error:
        return str(error).removeprefix("DBOS Error 12: Workflow ").split()[0]


if __name__ == "__main__":
    DBOS(config=CONFIG)
    DBOS.launch()
    DBOS.register_queue("reports", polling_interval_sec=0.05)
    DBOS.register_queue("held", worker_concurrency=0)
    with SetWorkflowID("first"):
        first = request("taken")
    result(DBOS.enqueue_workflow("reports", build_invoice, "May"))
    print("while the first one runs:", outcome(lambda: request("taken")))
    #> while the first one runs: DBOSQueueDeduplicatedError
    waits = request("waits", "held")
    print("while the first one waits:", outcome(lambda: request("waits", "held")))
    #> while the first one waits: DBOSQueueDeduplicatedError
    request("delayed", delay=60)
    print("while the first one is delayed:", outcome(lambda: request("delayed")))
    #> while the first one is delayed: DBOSQueueDeduplicatedError
    print("the same id on another queue:", outcome(lambda: request("taken", "held")))
    #> the same id on another queue: a run of its own
    print("request `second` is refused, error 12 names:", named_by_error())
    #> request `second` is refused, error 12 names: second
    with SetWorkflowID("second"):
        joined = request("taken", month="June", policy=JOIN)
    second = outcome(lambda: DBOS.retrieve_workflow("second"))
    print("looked up, the id of a request that joined:", second)
    #> looked up, the id of a request that joined: DBOSNonExistentWorkflowError
    with SetEnqueueOptions(deduplication_id="taken", duplication_policy=JOIN):
        other = DBOS.enqueue_workflow("reports", build_invoice, "May")
    print("another workflow that joins:", other.get_status().name)
    #> another workflow that joins: build_report
    with SetEnqueueOptions(deduplication_id="taken"):
        print("a direct call with a taken id:", build_invoice("May"))
        #> a direct call with a taken id: invoice for May
        started = outcome(lambda: DBOS.start_workflow(build_invoice, "May"))
    print("`start_workflow` with a taken id:", started)
    #> `start_workflow` with a taken id: DBOSException
    DBOS.cancel_workflow("first")
    print("after a cancel, its step going on:", outcome(lambda: request("taken")))
    #> after a cancel, its step going on: a run of its own
    DBOS.resume_workflow("first", queue_name="reports")
    DBOS.resume_workflow(waits.workflow_id, queue_name="held")
    print("waiting, but resumed:", outcome(lambda: request("waits", "held")))
    #> waiting, but resumed: a run of its own
    data_ready.set()
    print("result of the request for June that joined May:", result(joined))
    #> result of the request for June that joined May: report for May
    DBOS.wait_first([request("fails", month="June")])
    print("after an error of the first one:", outcome(lambda: request("fails")))
    #> after an error of the first one: a run of its own
    DBOS.destroy()

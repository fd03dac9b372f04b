"""What resume does after a cancel."""
# expect: ok

import os
import threading
import time
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

charging = threading.Event()
twice = threading.Event()
release = threading.Event()
executed: list[str] = []


@DBOS.step()
def reserve(order: str) -> None:
    executed.append("reserve")


@DBOS.step()
def charge(order: str) -> None:
    executed.append("charge")
    if executed.count("charge") == 2:
        twice.set()
    charging.set()
    release.wait()


@DBOS.workflow()
def checkout(order: str) -> None:
    reserve(order)
    charge(order)


@DBOS.workflow()
def charge_later(order: str) -> None:
    DBOS.sleep(1)
    charge(order)


def outcome(call: Callable[[], object]) -> str:
    try:
        call()
    except error.DBOSException as failure:
        return str(failure).split(":")[1].strip()
    return "done"


def resumed(workflow_id: str) -> str:
    executed.clear()
    result = outcome(lambda: DBOS.resume_workflow(workflow_id).get_result())
    return f"{result}, ran {', '.join(executed) or 'nothing'}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    with SetWorkflowID("order-1"):
        first = DBOS.enqueue_workflow("orders", checkout, "order-1")
    charging.wait()
    DBOS.cancel_workflow("order-1")
    print("handle of an enqueue, in a step:", outcome(first.get_result))
    #> handle of an enqueue, in a step: Awaited workflow order-1 was cancelled
    DBOS.resume_workflow("order-1")
    twice.wait(timeout=10)
    ran = ", ".join(executed)
    print("resumed while the cancelled step still runs:", ran)
    #> resumed while the cancelled step still runs: reserve, charge, charge
    release.set()
    first.get_result()
    print("resume of an unknown id:", resumed("order-9"))
    #> resume of an unknown id: Non-existent target workflow ID, ran nothing
    with SetWorkflowID("order-2"):  # Nobody has registered the queue, so it waits.
        DBOS.enqueue_workflow("other", checkout, "order-2")
    DBOS.cancel_workflow("order-2")
    print("a queued job, cancelled and then resumed:", resumed("order-2"))
    #> a queued job, cancelled and then resumed: done, ran reserve, charge
    release.clear()
    twice.clear()
    executed.clear()
    with SetWorkflowID("order-3"):
        DBOS.start_workflow(charge_later, "order-3")
    while not DBOS.list_workflow_steps("order-3"):  # The sleep begins with its record.
        time.sleep(0.01)
    DBOS.cancel_workflow("order-3")
    later = DBOS.resume_workflow("order-3")
    twice.wait(timeout=10)
    print("resumed while the cancelled run sleeps:", ", ".join(executed))
    #> resumed while the cancelled run sleeps: charge, charge
    release.set()
    later.get_result()
    DBOS.destroy()

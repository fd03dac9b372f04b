"""What a workflow's status and a step's entry contain."""
# expect: ok
# since: 3.4

import os
import threading
from contextlib import suppress

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepInfo, error

reading = threading.Event()
release = threading.Event()


@DBOS.step()
def read_stock() -> None:
    reading.set()
    release.wait()


@DBOS.workflow()
def count() -> None:
    read_stock()


@DBOS.step()
def read_sales() -> None:
    raise ConnectionError("the shop is down")


class CardError(Exception):
    """Has one argument more than it passes on."""

    def __init__(self, card: str, code: int) -> None:
        super().__init__(f"{card} {code}")


@DBOS.workflow()
def pay() -> None:
    raise CardError("visa", 5)


@DBOS.workflow()
def build() -> None:
    DBOS.set_event("state", "begun")
    DBOS.get_event("none", "state", timeout_seconds=0)
    DBOS.send("report-1", "begin")
    DBOS.recv()
    DBOS.write_stream("pages", 1)
    DBOS.patch("new")
    DBOS.sleep(0)
    DBOS.logger.debug("no step")
    read_sales()


def steps(workflow_id: str) -> list[StepInfo]:
    return DBOS.list_workflow_steps(workflow_id)


def names(found: list[str]) -> str:
    return ", ".join(name.removeprefix("DBOS.") for name in found)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-1"):
        handle = DBOS.start_workflow(build)
    with suppress(ConnectionError):
        handle.get_result()
    status = handle.get_status()
    fields = list(vars(status))
    print("times in the status:", names([f for f in fields if f.endswith("_at")]))
    #> times in the status: created_at, updated_at, dequeued_at, completed_at
    print("digits of `completed_at`, a Unix time:", len(str(status.completed_at)))
    #> digits of `completed_at`, a Unix time: 13
    entries = steps("report-1")
    called = [entry["function_name"] for entry in entries]
    print("what took a number, first:", names(called[:5]))
    #> what took a number, first: setEvent, getEvent, sleep, send, recv
    print("what took a number, then:", names(called[5:]))
    #> what took a number, then: sleep, writeStream, patch-new, read_sales
    last = entries[-1]
    print("keys of a step, first:", names(list(last)[:4]))
    #> keys of a step, first: function_id, function_name, output, error
    print("keys of a step, last:", names(list(last)[-2:]))
    #> keys of a step, last: started_at_epoch_ms, completed_at_epoch_ms
    print("output and error of a failed step:", last["output"], repr(last["error"]))
    #> output and error of a failed step: None ConnectionError('the shop is down')
    with SetWorkflowID("pay-1"), suppress(CardError):
        pay()
    [paid] = DBOS.list_workflows(workflow_ids=["pay-1"])
    print("an error that cannot be read back, listed as:", type(paid.error).__name__)
    #> an error that cannot be read back, listed as: str
    counting = DBOS.start_workflow(count)
    reading.wait()
    DBOS.cancel_workflow(counting.get_workflow_id())
    is_set = counting.get_status().completed_at is not None
    print("`completed_at` set by a cancel, in a step:", is_set)
    #> `completed_at` set by a cancel, in a step: True
    release.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        counting.get_result()
    DBOS.destroy()

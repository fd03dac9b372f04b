"""What portable JSON changes in each place, and what the validator checks."""
# expect: ok
# types: bad-argument-type - one case is a text where a number belongs

import os
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    EnqueueOptions,
    SetWorkflowID,
    WorkflowHandle,
    pydantic_args_validator,
)
from dbos import WorkflowSerializationFormat as Format

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
LINE = ("lamp", 2)


@DBOS.step()
def load_line() -> tuple[str, int]:
    return LINE


@DBOS.workflow(serialization_type=Format.PORTABLE)
def publish() -> tuple[str, int]:
    DBOS.set_event("line", LINE)
    DBOS.write_stream("lines", LINE)
    DBOS.send("inbox-1", LINE)
    return load_line()


@DBOS.workflow(serialization_type=Format.PORTABLE)
def receive() -> str:
    return type(DBOS.recv()).__name__


@DBOS.workflow()
def compare(due: datetime, day: date, total: Decimal) -> str:
    return ", ".join(type(value).__name__ for value in (due, day, total))


@DBOS.workflow(validate_args=pydantic_args_validator)
def count(pieces: int) -> str:
    return type(pieces).__name__


def inbox(workflow_id: str) -> WorkflowHandle[str]:
    with SetWorkflowID(workflow_id):
        return DBOS.start_workflow(receive)


def names(*values: Any) -> str:
    return ", ".join(type(value).__name__ for value in values)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)
    client = DBOSClient(system_database_url=URL)
    first, second = inbox("inbox-1"), inbox("inbox-2")
    with SetWorkflowID("line-1"):
        publish()
    result = DBOS.retrieve_workflow("line-1").get_result()
    event = DBOS.get_event("line-1", "line")
    entry = next(iter(DBOS.read_stream("line-1", "lines")))
    print("a tuple as result, event, stream, read back:", names(result, event, entry))
    #> a tuple as result, event, stream, read back: list, list, list
    print("a tuple that a portable workflow sends:", first.get_result())
    #> a tuple that a portable workflow sends: list
    DBOS.send("inbox-2", LINE)
    print("a tuple sent to a portable workflow by plain code:", second.get_result())
    #> a tuple sent to a portable workflow by plain code: tuple
    steps = DBOS.list_workflow_steps("line-1")
    outputs = [step["output"] for step in steps if step["function_name"] == "load_line"]
    print("a step's tuple, in a portable workflow's record:", names(*outputs))
    #> a step's tuple, in a portable workflow's record: tuple
    job: EnqueueOptions = {
        "workflow_name": "compare",
        "queue_name": "orders",
        "serialization_type": Format.PORTABLE,
    }
    due = datetime(2026, 5, 1)
    sent = client.enqueue(job, due, due.date(), Decimal("9.90"))
    print("annotated datetime, date, Decimal, enqueued:", sent.get_result())
    #> annotated datetime, date, Decimal, enqueued: datetime, date, str
    plain: EnqueueOptions = {"workflow_name": "publish", "queue_name": "orders"}
    result = client.enqueue(plain).get_result()
    print("a tuple as result, a client enqueues without a format:", names(result))
    #> a tuple as result, a client enqueues without a format: tuple
    job["workflow_name"] = "count"
    sent = client.enqueue(job, "2")
    print("a validated `int`, enqueued as text:", sent.get_result())
    #> a validated `int`, enqueued as text: int
    print("a validated `int`, called directly with text:", count("2"))
    #> a validated `int`, called directly with text: str
    client.destroy()
    DBOS.destroy()

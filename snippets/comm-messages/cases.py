"""What becomes of a message, case by case."""
# expect: ok
# since: 3.4

import asyncio
import inspect
import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.workflow()
def read(invoice: str, *topics: str | None) -> list[object]:
    DBOS.recv("start", timeout_seconds=10)
    return [DBOS.recv(topic, timeout_seconds=0) for topic in topics]


@DBOS.step()
def receive_in_step() -> object:
    return DBOS.recv("approval", timeout_seconds=0)


@DBOS.workflow()
def fail(invoice: str) -> None:
    receive_in_step()


@DBOS.workflow()
async def receive_blocking() -> object:
    return DBOS.recv("approval", timeout_seconds=0)


@DBOS.workflow()
async def receive() -> object:
    return await DBOS.recv_async("approval", timeout_seconds=0)


def outcome(call: Callable[[], object]) -> str:
    try:
        return f"returned {call()}"
    except Exception as problem:
        return type(problem).__name__


def send(
    invoice: str, *payload: object, topic: str | None = "t", key: str | None = None
) -> None:
    for message in payload:
        DBOS.send(invoice, message, topic=topic, idempotency_key=key)


def messages(invoice: str, send_all: Callable[[], None], *topics: str | None) -> str:
    with SetWorkflowID(invoice):
        reader = DBOS.start_workflow(read, invoice, *topics)
    send_all()
    DBOS.send(invoice, "go", topic="start")
    return " then ".join(map(str, reader.get_result()))


def repeat(invoice: str, first: int, second: int, other_topic: str = "t") -> None:
    send(invoice, first, key="payment-7")
    send(invoice, second, topic=other_topic, key="payment-7")


def resume_cancelled() -> str:
    with SetWorkflowID("g"):
        DBOS.enqueue_workflow("unregistered", read, "g", "t")
    DBOS.cancel_workflow("g")
    send("g", "approved")
    send("g", "go", topic="start")
    return DBOS.resume_workflow("g").get_result()[0]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "invoices",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    three = messages("a", lambda: send("a", 1, 2, 3), "t", "t", "t")
    untitled = messages("b", lambda: send("b", 1, topic=None), "t", None)
    empty = messages("c", lambda: send("c", None, 5), "t", "t")
    other = messages("d", lambda: repeat("d", 50, 60), "t", "t")
    topic = messages("e", lambda: repeat("e", 50, 50, "u"), "t", "u")
    receiver = messages("f", lambda: repeat("f", 50, 60), "t")
    with SetWorkflowID("h"):
        in_step = outcome(lambda: fail("h"))
    blocking = outcome(lambda: asyncio.run(receive_blocking()))
    awaited = outcome(lambda: asyncio.run(receive()))
    seconds = inspect.signature(DBOS.recv).parameters["timeout_seconds"].default
    print("three messages, read by three calls:", three)
    #> three messages, read by three calls: 1 then 2 then 3
    print("sent without a topic, read with one and without:", untitled)
    #> sent without a topic, read with one and without: None then 1
    print("a sent None and a 5, read by two calls:", empty)
    #> a sent None and a 5, read by two calls: None then 5
    print("another message with the same key:", other)
    #> another message with the same key: 50 then None
    print("the same key on another topic:", topic)
    #> the same key on another topic: 50 then None
    print("the same key for another receiver:", receiver)
    #> the same key for another receiver: 50
    print("sent to a cancelled workflow, which is resumed:", resume_cancelled())
    #> sent to a cancelled workflow, which is resumed: approved
    print("`recv` in a step:", in_step)
    #> `recv` in a step: DBOSException
    print("sent to a workflow that failed:", outcome(lambda: send("h", "approved")))
    #> sent to a workflow that failed: returned None
    print("`recv` outside a workflow:", outcome(lambda: DBOS.recv("t", 0)))
    #> `recv` outside a workflow: DBOSException
    print("`recv` in an async workflow:", blocking)
    #> `recv` in an async workflow: RuntimeError
    print("`recv_async` without a message:", awaited)
    #> `recv_async` without a message: returned None
    print("the timeout of `recv` when none is given:", seconds, "seconds")
    #> the timeout of `recv` when none is given: 60 seconds
    DBOS.destroy()

"""What goes through a serializer of your own, and who needs it."""
# expect: ok

import json
import os
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, Serializer, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
serialized: list[str] = []


class TextSerializer(Serializer):
    """Stores JSON, and notes what it is given; other objects become text."""

    def name(self) -> str:
        return "text"

    def serialize(self, data: Any) -> str:
        serialized.append(json.dumps(data, default=str))
        return serialized[-1]

    def deserialize(self, serialized_data: str) -> Any:
        return json.loads(serialized_data)


@DBOS.step()
def load() -> str:
    return "step"


@DBOS.step()
def fail() -> None:
    raise ValueError("error")


@DBOS.workflow()
def publish(order: str) -> str:
    DBOS.set_event("state", "event")
    DBOS.write_stream("states", "stream")
    DBOS.send("order-1", "message")
    load()
    try:
        fail()
    except ValueError:
        return "result"
    return "no error"


def launch(serializer: Serializer | None) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "serializer": serializer,
    }
    DBOS(config=config)
    DBOS.launch()


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as error:
        return str(error)


if __name__ == "__main__":
    launch(TextSerializer())
    with SetWorkflowID("order-1"):
        publish("argument")
    marks = ["argument", "event", "stream", "message", "step", "error", "result"]
    everything = "".join(serialized)
    stored = [mark for mark in marks if mark in everything]
    print("stored by the serializer:", ", ".join(stored))
    #> stored by the serializer: argument, event, stream, message, step, error, result
    client = DBOSClient(system_database_url=URL)
    result = outcome(lambda: client.retrieve_workflow("order-1").get_result())
    print("a client without the serializer reads:", result)
    #> a client without the serializer reads: Serialization text is not available
    client.destroy()
    client = DBOSClient(system_database_url=URL, serializer=TextSerializer())
    result = outcome(lambda: client.retrieve_workflow("order-1").get_result())
    print("a client with the serializer reads:", result)
    #> a client with the serializer reads: result
    client.destroy()
    DBOS.destroy()
    launch(None)
    result = outcome(lambda: DBOS.retrieve_workflow("order-1").get_result())
    print("a process without the serializer reads:", result)
    #> a process without the serializer reads: Serialization text is not available
    DBOS.destroy()

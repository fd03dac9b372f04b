"""What a serializer that encrypts hides, and what dbos logs."""
# expect: ok

import base64
import logging
import os
import pickle
import threading
from contextlib import suppress
from itertools import cycle
from typing import Any

import sqlalchemy
from dbos import DBOS, DBOSConfig, Serializer, SetWorkflowAttributes

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
SCHEMA = "dbos" if URL.startswith("postgresql") else None
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")
engine = sqlalchemy.create_engine(ADDRESS)
logged: list[str] = []


class Sealed(Serializer):
    """Stands for a real cipher, which this is not."""

    key = os.urandom(32)

    def name(self) -> str:
        return "sealed"

    def cipher(self, data: bytes) -> bytes:
        return bytes(a ^ b for a, b in zip(data, cycle(self.key), strict=False))

    def serialize(self, data: Any) -> str:
        return self.cipher(pickle.dumps(data)).hex()

    def deserialize(self, serialized_data: str) -> Any:
        return pickle.loads(self.cipher(bytes.fromhex(serialized_data)))


class Listener(logging.Handler):
    """It keeps what dbos logs."""

    def emit(self, record: logging.LogRecord) -> None:
        logged.append(f"{record.getMessage()} {record.exc_info}")


@DBOS.step()
def authorize() -> str:
    return "secret-of-a-step"


@DBOS.workflow()
def order(_key: object) -> None:
    authorize()
    raise ConnectionError("no answer from https://shop?token=secret-in-an-address")


def stored(secret: str) -> str:
    """Looks into each column of each table, and behind base64."""
    tables = sqlalchemy.MetaData(schema=SCHEMA)
    tables.reflect(engine)
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(sqlalchemy.select(table)):
                for text in map(str, row):
                    if secret in text:
                        return "as text"
                    with suppress(ValueError):
                        if secret.encode() in base64.b64decode(text):
                            return "in base64"
    return "not found"


def in_log(secret: str) -> str:
    return "as text" if any(secret in line for line in logged) else "not found"


def launch(serializer: Serializer | None) -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "serializer": serializer,
        "console_log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()


if __name__ == "__main__":
    logging.getLogger("dbos").addHandler(Listener())
    launch(Sealed())
    with SetWorkflowAttributes({"key": "secret-attribute"}):
        with suppress(ConnectionError):
            DBOS.start_workflow(order, "secret-argument").get_result()
    print("an argument, with a serializer that encrypts:", stored("secret-argument"))
    #> an argument, with a serializer that encrypts: not found
    print("a step's result, with that serializer:", stored("secret-of-a-step"))
    #> a step's result, with that serializer: not found
    print("an attribute, with that serializer:", stored("secret-attribute"))
    #> an attribute, with that serializer: as text
    DBOS.destroy(workflow_completion_timeout_sec=10)  # Now the log is complete.
    print("an argument, in dbos' log:", in_log("secret-argument"))
    #> an argument, in dbos' log: not found
    error = in_log("secret-in-an-address")
    print("the text of a workflow's error, in dbos' log:", error)
    #> the text of a workflow's error, in dbos' log: as text
    launch(None)
    with suppress(TypeError):
        DBOS.start_workflow(order, ("secret-socket", threading.Lock()))
    print("an argument that cannot be pickled, in dbos' log:", in_log("secret-socket"))
    #> an argument that cannot be pickled, in dbos' log: as text
    engine.dispose()
    DBOS.destroy()

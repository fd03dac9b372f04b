"""Where a secret is readable that passes through a workflow."""
# expect: ok

import base64
import os
from contextlib import suppress
from dataclasses import dataclass, field

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
SCHEMA = "dbos" if URL.startswith("postgresql") else None
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")
engine = sqlalchemy.create_engine(ADDRESS)


@dataclass
class Login:
    """Its text hides the password."""

    password: str = field(repr=False)


@DBOS.step()
def send(_key: str) -> None:
    pass


@DBOS.step()
def authorize() -> str:
    return "secret-of-a-step"


@DBOS.step()
def fail(address: str) -> None:
    raise ConnectionError(f"no answer from {address}")


@DBOS.workflow()
def deliver(_key: str) -> None:
    pass


@DBOS.workflow()
def order(_key: str, _login: Login) -> str:
    send("secret-for-a-step")
    authorize()
    with suppress(ConnectionError):
        fail("https://shop?token=secret-in-an-address")
    deliver("secret-for-a-child")
    DBOS.set_event("state", "secret-event")
    DBOS.set_event("state", "public")
    DBOS.write_stream("log", "secret-entry")
    DBOS.recv(timeout_seconds=60)
    return "secret-result"


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


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order"):
        handle = DBOS.start_workflow(order, "secret-argument", Login("secret-password"))
    DBOS.send("order", "secret-message")
    handle.get_result()
    DBOS.start_workflow(send, "secret-start").get_result()
    print("an argument of a workflow:", stored("secret-argument"))
    #> an argument of a workflow: in base64
    print("the same in a class whose text hides it:", stored("secret-password"))
    #> the same in a class whose text hides it: in base64
    print("an argument of a child:", stored("secret-for-a-child"))
    #> an argument of a child: in base64
    print("an argument of a step:", stored("secret-for-a-step"))
    #> an argument of a step: not found
    print("an argument of a step that is started:", stored("secret-start"))
    #> an argument of a step that is started: in base64
    print("the result of a step:", stored("secret-of-a-step"))
    #> the result of a step: in base64
    print("an address in the error of a step:", stored("secret-in-an-address"))
    #> an address in the error of a step: in base64
    print("the result of a workflow:", stored("secret-result"))
    #> the result of a workflow: in base64
    print("a message that was read:", stored("secret-message"))
    #> a message that was read: in base64
    print("an event that another value has replaced:", stored("secret-event"))
    #> an event that another value has replaced: in base64
    print("an entry of a stream:", stored("secret-entry"))
    #> an entry of a stream: in base64
    DBOS.delete_workflow("order")
    print("the argument, after its run is deleted:", stored("secret-argument"))
    #> the argument, after its run is deleted: not found
    print("the argument of the child, after that:", stored("secret-for-a-child"))
    #> the argument of the child, after that: in base64
    engine.dispose()
    DBOS.destroy()

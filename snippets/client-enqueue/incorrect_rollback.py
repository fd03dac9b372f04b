"""The mail is enqueued beside the transaction, and outlives its rollback."""
# expect: wrong

import os

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, EnqueueOptions
from sqlalchemy.exc import IntegrityError

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")
MAIL: EnqueueOptions = {"workflow_name": "send_mail", "queue_name": "mails"}
INSERT = sa.text("INSERT INTO orders (id) VALUES (:id)")


# --8<-- [start:rule]
def place_order(engine: sa.Engine, client: DBOSClient, order: str) -> None:
    client.enqueue(MAIL, order)
    with engine.begin() as connection:
        connection.execute(INSERT, {"id": order})


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS.migrate(URL)
    client = DBOSClient(system_database_url=URL)
    engine = sa.create_engine(URL.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as setup:
        setup.execute(sa.text("CREATE TABLE orders (id VARCHAR(20) PRIMARY KEY)"))
    place_order(engine, client, "order-1")
    try:
        place_order(engine, client, "order-1")
    except IntegrityError:
        print("refused: the order exists")
        #> refused: the order exists
    with engine.connect() as check:
        print("orders:", check.scalar(sa.text("SELECT count(*) FROM orders")))
        #> orders: 1
    print("mails:", len(client.list_queued_workflows()))
    #> mails: 2
    engine.dispose()
    client.destroy()

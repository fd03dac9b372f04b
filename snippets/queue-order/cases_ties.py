"""In which order jobs begin that are of one moment, or that one poll takes."""
# expect: ok

import os
import time
from typing import Any

import sqlalchemy
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
ADDRESS = URL.replace("postgresql://", "postgresql+psycopg://")
engine = sqlalchemy.create_engine(ADDRESS)
begun: list[str] = []


@DBOS.step()
def note(name: str) -> None:
    begun.append(name)


@DBOS.workflow()
def job(name: str) -> None:
    note(name)


@DBOS.workflow()
def meet(name: str, other: str) -> None:
    """Computes before its step, until the other job has begun."""
    while other and other not in begun:
        time.sleep(0.01)
    note(name)


def enqueue(client: DBOSClient, queue: str, key: str | None, first: int = 0) -> None:
    """Three jobs in one transaction, `c` first, until their moments are the same."""
    while True:
        with engine.begin() as connection:
            for position, name in enumerate("cba"):
                options: EnqueueOptions = {
                    "queue_name": queue,
                    "workflow_name": "job",
                    "workflow_id": f"{queue}-{name}",
                }
                if key:
                    options["queue_partition_key"] = key
                if first:
                    options["priority"] = first + position
                client.enqueue_in_transaction(connection, options, name)
        found = DBOS.list_workflows(queue_name=queue)
        if len({run.created_at for run in found}) == 1:
            return
        DBOS.delete_workflows([run.workflow_id for run in found])


def order(queue: str, **limit: Any) -> str:
    begun.clear()
    DBOS.register_queue(queue, polling_interval_sec=0.05, **limit)
    while DBOS.list_queued_workflows(queue_name=queue):
        time.sleep(0.01)
    return " ".join(begun)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    client = DBOSClient(system_database_url=URL)
    enqueue(client, "plain", None)
    enqueue(client, "keys", "ada")
    enqueue(client, "numbers", "ada", first=1)
    client.destroy()
    engine.dispose()
    plain = order("plain", global_concurrency=1)
    print("one transaction, `c` first, no key:", plain)
    #> one transaction, `c` first, no key: c b a
    keys = order("keys", partition_concurrency=1)
    print("one transaction, `c` first, one key:", keys)
    #> one transaction, `c` first, one key: a b c
    numbers = order("numbers", partition_concurrency=1)
    print("one transaction, `c` first, one key, rising priorities:", numbers)
    #> one transaction, `c` first, one key, rising priorities: c b a
    begun.clear()
    DBOS.enqueue_workflow("free", meet, "a", "b")
    DBOS.enqueue_workflow("free", meet, "b", "")
    DBOS.register_queue("free", polling_interval_sec=0.05)
    while len(begun) < 2:
        time.sleep(0.01)
    print("no limit, `a` first, which computes before its step:", " ".join(begun))
    #> no limit, `a` first, which computes before its step: b a
    DBOS.destroy()

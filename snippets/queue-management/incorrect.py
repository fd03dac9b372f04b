"""The restart puts back the limit that an operator had changed."""
# expect: wrong

import os

from dbos import DBOS, DBOSClient, DBOSConfig

QUEUE = "exports"


# --8<-- [start:rule]
def start(config: DBOSConfig) -> None:
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=10)


def slow_down(client: DBOSClient) -> None:
    queue = client.retrieve_queue(QUEUE)
    if queue is not None:
        queue.set_worker_concurrency(2)


# --8<-- [end:rule]

if __name__ == "__main__":
    url = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": url,
        "log_level": "ERROR",
    }
    start(config)
    operator = DBOSClient(system_database_url=url)
    slow_down(operator)
    print("operator:", [queue.worker_concurrency for queue in operator.list_queues()])
    #> operator: [2]
    DBOS.destroy()
    start(config)
    print("restart:", [queue.worker_concurrency for queue in DBOS.list_queues()])
    #> restart: [10]
    operator.destroy()
    DBOS.destroy()

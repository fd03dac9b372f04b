"""Old names that dbos 3 accepts, and what they do."""
# expect: ok

import os
import socket
from typing import Any

from dbos import DBOS, DBOSClient

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///orders.sqlite")


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


def register(**limits: Any) -> str:
    try:
        queue = DBOS.register_queue("orders", **limits)
        return f"global_concurrency {queue.global_concurrency}"
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config: Any = {
        "name": "orders",
        "system_database_url": URL,
        "log_level": "CRITICAL",
        "run_admin_server": True,
        "admin_port": port,
    }
    DBOS(config=config)
    DBOS.launch()
    with socket.socket() as admin:
        refused = admin.connect_ex(("127.0.0.1", port)) != 0
    answer = "no error, no server" if refused else "a server"
    print("`run_admin_server` and `admin_port`:", answer)
    #> `run_admin_server` and `admin_port`: no error, no server
    print("a queue with `concurrency=2`:", register(concurrency=2))
    #> a queue with `concurrency=2`: global_concurrency 2
    both = register(concurrency=2, global_concurrency=2)
    print("a queue with `concurrency` and `global_concurrency`:", both)
    #> a queue with `concurrency` and `global_concurrency`: ValueError
    client = DBOSClient(system_database_url=URL)
    job: Any = {"workflow_name": "ship", "queue_name": "orders"}
    job["max_recovery_attempts"] = 2
    sent = client.enqueue(job, "order-1")
    print("enqueued with `max_recovery_attempts`:", sent.get_result())
    #> enqueued with `max_recovery_attempts`: order-1 shipped
    client.destroy()
    DBOS.destroy()

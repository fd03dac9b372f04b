"""What a queue object does while its queue is in use, changed or gone."""
# expect: ok
# A queue here is polled every 2 s, so that a change falls between two polls.

import asyncio
import os
import threading
import time
from collections.abc import Callable

from dbos import DBOS, DBOSClient, DBOSConfig
from sqlalchemy import Engine, event

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")
CONFIG = DBOSConfig(name="shop", system_database_url=URL, log_level="CRITICAL")
started = threading.Event()
go_on = threading.Event()
looks: list[str] = []


@DBOS.step()
def copy(table: str) -> str:
    started.set()
    go_on.wait(30)
    return f"{table} exported"


@DBOS.workflow()
def export(table: str) -> str:
    return copy(table)


@DBOS.workflow()
def control() -> str:
    return "ran"


def count(statement: str) -> None:
    """A worker reads the row of its queue after each poll, and before the first."""
    if threading.current_thread().name == "queue-worker-slow":
        looks.extend(["look"] * ("queues" in statement))


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


async def on_a_loop() -> tuple[str, str, int | None]:
    lists = outcome(DBOS.list_queues)
    sets = outcome(lambda: exports.set_worker_concurrency(3))
    await exports.set_worker_concurrency_async(4)
    return lists, sets, await exports.get_worker_concurrency_async()


if __name__ == "__main__":
    event.listen(Engine, "after_cursor_execute", lambda *args: count(args[2]))
    DBOS(config=CONFIG)
    DBOS.launch()
    exports = DBOS.register_queue("exports", polling_interval_sec=0.05)
    slow = DBOS.register_queue("slow", polling_interval_sec=2)
    running = DBOS.enqueue_workflow("exports", export, "orders")
    started.wait()
    exports.set_worker_concurrency(0)
    go_on.set()
    print("limit set to 0 during a run, that run:", running.get_result())
    #> limit set to 0 during a run, that run: orders exported
    DBOS.enqueue_workflow("slow", control).get_result(polling_interval_sec=0.05)
    while len(looks) < 2:  # Its worker has read the limits for the next poll then.
        time.sleep(0.01)
    slow.set_worker_concurrency(0)
    late = DBOS.enqueue_workflow("slow", control)
    ran = late.get_result(polling_interval_sec=0.05)
    print("limit set to 0 between two polls, the next job:", ran)
    #> limit set to 0 between two polls, the next job: ran
    same = DBOS.retrieve_queue("exports")
    exports.set_global_concurrency(5)
    limit = same and same.global_concurrency
    print("a limit set to 5, read from another object:", limit)
    #> a limit set to 5, read from another object: 5
    above = outcome(lambda: exports.set_worker_concurrency(6))
    print("a worker limit of 6 above a global one of 5:", above)
    #> a worker limit of 6 above a global one of 5: ValueError
    lists, sets, limit = asyncio.run(on_a_loop())
    print("`list_queues` on an event loop:", lists)
    #> `list_queues` on an event loop: RuntimeError
    print("`set_worker_concurrency` on an event loop:", sets)
    #> `set_worker_concurrency` on an event loop: None
    print("`set_worker_concurrency_async(4)`:", limit)
    #> `set_worker_concurrency_async(4)`: 4
    client = DBOSClient(system_database_url=URL)
    by_client = client.retrieve_queue("exports")
    enqueued = outcome(lambda: by_client and by_client.enqueue(control))
    print("`enqueue` of a client's queue object:", enqueued)
    #> `enqueue` of a client's queue object: DBOSException
    client.destroy()
    print("deleting a name that no queue has:", outcome(lambda: DBOS.delete_queue("x")))
    #> deleting a name that no queue has: None
    DBOS.delete_queue("exports")
    limit_of_deleted = outcome(lambda: exports.worker_concurrency)
    print("a deleted queue, reading a limit:", limit_of_deleted)
    #> a deleted queue, reading a limit: DBOSException
    changed = outcome(lambda: exports.set_worker_concurrency(2))
    print("a deleted queue, setting a limit:", changed)
    #> a deleted queue, setting a limit: DBOSException
    limited = outcome(lambda: exports.set_limiter({"limit": 5, "period": 60}))
    exists = DBOS.retrieve_queue("exports") is not None
    print("a deleted queue, `set_limiter`, and the queue:", limited, exists)
    #> a deleted queue, `set_limiter`, and the queue: None False
    DBOS.destroy()

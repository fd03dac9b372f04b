"""What else takes a thread of the pool, or waits for one."""
# expect: ok
# since: 3.4

import asyncio
import os
import threading
import time
from collections.abc import Awaitable

from dbos import DBOS, DBOSConfig, SetWorkflowID

taken: set[int] = set()  # Threads in which workflows have begun.


@DBOS.workflow()
def receive() -> None:
    taken.add(threading.get_ident())
    DBOS.recv(timeout_seconds=60)


def launch(threads: int | None) -> None:
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "notification_listener_polling_interval_sec": 0.01,  # Shortens the ends.
        "log_level": "CRITICAL",
    }
    if threads:
        config["max_executor_threads"] = threads
    DBOS(config=config)
    DBOS.launch()


def start(count: int) -> None:
    for number in range(count):
        with SetWorkflowID(f"wait-{number}"):
            DBOS.start_workflow(receive)


def waiting() -> int:
    """How many workflows have begun to wait."""
    ids = [run.workflow_id for run in DBOS.list_workflows()]
    return sum(bool(DBOS.list_workflow_steps(each)) for each in ids)


def go_on(count: int) -> None:
    for number in range(count):
        DBOS.send(f"wait-{number}", "go on")
    for number in range(count):
        DBOS.retrieve_workflow(f"wait-{number}").get_result()


async def outcome(call: Awaitable[object]) -> str:
    try:
        await asyncio.wait_for(call, timeout=2)
    except TimeoutError as error:
        return type(error).__name__
    return "no error"


async def on_loop() -> tuple[str, str]:
    call = await outcome(DBOS.get_workflow_status_async("wait-0"))
    return call, await outcome(asyncio.to_thread(time.time))


if __name__ == "__main__":
    launch(threads=None)
    start(20)
    while waiting() < 20:
        time.sleep(0.01)
    print("threads of 20 workflows in `recv`, without a limit:", len(taken))
    #> threads of 20 workflows in `recv`, without a limit: 20
    go_on(20)
    DBOS.delete_workflows([run.workflow_id for run in DBOS.list_workflows()])
    DBOS.destroy()
    launch(threads=2)
    start(3)
    while waiting() < 2:
        time.sleep(0.01)
    call, own = asyncio.run(on_loop())
    print("3 workflows in `recv`, 2 threads, begun after 4 s:", waiting())
    #> 3 workflows in `recv`, 2 threads, begun after 4 s: 2
    print("an `_async` call of DBOS meanwhile, with 2 s:", call)
    #> an `_async` call of DBOS meanwhile, with 2 s: TimeoutError
    print("`asyncio.to_thread` meanwhile, with 2 s:", own)
    #> `asyncio.to_thread` meanwhile, with 2 s: TimeoutError
    now = DBOS.retrieve_workflow("wait-2").get_status().status
    print("a synchronous call about the third one, meanwhile:", now)
    #> a synchronous call about the third one, meanwhile: PENDING
    go_on(3)
    print("when the first two have got messages, begun:", waiting())
    #> when the first two have got messages, begun: 3
    call, own = asyncio.run(on_loop())
    print("an `_async` call then, and `asyncio.to_thread`:", f"{call}, {own}")
    #> an `_async` call then, and `asyncio.to_thread`: no error, no error
    DBOS.destroy()

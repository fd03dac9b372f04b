"""What becomes of the other steps when one of several async steps fails."""
# expect: ok
# since: 3.4

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

begun: list[str] = []
ended: list[str] = []


@DBOS.step()
async def fail() -> None:
    while not begun:
        await asyncio.sleep(0.01)
    raise ValueError("page 2 is gone")


@DBOS.step()
async def fetch() -> str:
    begun.append("fetch")
    try:
        for _ in range(2000):
            await asyncio.sleep(0.01)
            if DBOS.workflow_id in released:
                break
    except asyncio.CancelledError:
        ended.append("cancelled")
        raise
    ended.append("ran to its end")
    return "text 1"


released: set[str | None] = set()


@DBOS.workflow()
async def book(way: str) -> str:
    if way == "TaskGroup":
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(fetch()), group.create_task(fail())]
        return str([task.result() for task in tasks])
    keep = way == "return_exceptions"
    return str(await asyncio.gather(fetch(), fail(), return_exceptions=keep))


async def outcome(way: str) -> tuple[str, str, int]:
    """What the workflow gives, what the other step does, and how many are recorded."""
    begun.clear()
    ended.clear()
    if way == "return_exceptions":
        released.add(way)
    try:
        with SetWorkflowID(way):
            result = await book(way)
    except Exception as error:
        result = type(error).__name__
    released.add(way)
    while not ended:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)  # What is recorded too late would be seen.
    steps = await DBOS.list_workflow_steps_async(way)
    return result, ended[0], len(steps)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "book",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    result, other, count = asyncio.run(outcome("gather"))
    print("`gather`, one of two steps fails:", result)
    #> `gather`, one of two steps fails: ValueError
    print("`gather`, the other step:", f"{other}, {count} of 2 recorded")
    #> `gather`, the other step: ran to its end, 1 of 2 recorded
    result, other, count = asyncio.run(outcome("TaskGroup"))
    print("a `TaskGroup`, one of two steps fails:", result)
    #> a `TaskGroup`, one of two steps fails: ExceptionGroup
    print("a `TaskGroup`, the other step:", f"{other}, {count} of 2 recorded")
    #> a `TaskGroup`, the other step: cancelled, 1 of 2 recorded
    result, other, count = asyncio.run(outcome("return_exceptions"))
    print("with `return_exceptions`, one fails:", result)
    #> with `return_exceptions`, one fails: ['text 1', ValueError('page 2 is gone')]
    print("with `return_exceptions`, the other:", f"{other}, {count} of 2 recorded")
    #> with `return_exceptions`, the other: ran to its end, 2 of 2 recorded
    DBOS.destroy()

"""Which calls take their numbers in the order in which they are written."""
# expect: ok

import asyncio
import os

from dbos import DBOS, DBOSConfig, SetWorkflowID

PAGES = range(9)


@DBOS.step()
async def fetch(page: int) -> int:
    return page


@DBOS.workflow()
async def child(page: int) -> int:
    return page


@DBOS.workflow()
async def book(way: str) -> None:
    """Starts one step or child for each page, in the order of the pages."""
    limit = asyncio.Semaphore(4)

    async def limited(page: int) -> int:
        async with limit:
            return await fetch(page)

    if way == "gather":
        await asyncio.gather(*[fetch(page) for page in PAGES])
    elif way == "group":
        async with asyncio.TaskGroup() as group:
            for page in PAGES:
                group.create_task(fetch(page))
    elif way == "limited":
        await asyncio.gather(*[limited(page) for page in PAGES])
    elif way == "child":
        starts = [DBOS.start_workflow_async(child, page) for page in PAGES]
        await asyncio.gather(*starts)
    elif way == "coroutines":
        for page in asyncio.as_completed([fetch(page) for page in PAGES]):
            await page
    else:
        tasks = [asyncio.create_task(fetch(page)) for page in PAGES]
        for page in asyncio.as_completed(tasks):
            await page


def in_order(way: str) -> str:
    """Whether the numbers of the steps are in the order of the pages."""
    with SetWorkflowID(way):
        asyncio.run(book(way))
    pages = [
        DBOS.get_result(step["child_workflow_id"] or "")
        if way == "child"
        else step["output"]
        for step in DBOS.list_workflow_steps(way)
    ]
    return "in order" if pages == list(PAGES) else "in another order"


@DBOS.step()
async def look_up(name: str, done: list[str], *, slow: bool) -> None:
    while slow and not done:
        await asyncio.sleep(0.01)


@DBOS.step()
async def read(name: str, done: list[str]) -> str:
    done.append(name)
    return name


@DBOS.workflow()
async def chains(slow: str) -> None:
    done: list[str] = []

    async def chain(name: str) -> None:
        await look_up(name, done, slow=name == slow)
        await read(name, done)

    await asyncio.gather(chain("Ada"), chain("Ben"))


def second_steps(slow: str) -> str:
    with SetWorkflowID(slow):
        asyncio.run(chains(slow))
    steps = DBOS.list_workflow_steps(slow)[2:]
    return ", ".join(f"{step['output']} {step['function_id']}" for step in steps)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "books",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("numbers of 9 steps in `gather`:", in_order("gather"))
    #> numbers of 9 steps in `gather`: in order
    print("numbers of 9 steps in a `TaskGroup`:", in_order("group"))
    #> numbers of 9 steps in a `TaskGroup`: in order
    print("the same, 4 at a time by a `Semaphore`:", in_order("limited"))
    #> the same, 4 at a time by a `Semaphore`: in order
    print("numbers of 9 `start_workflow_async` in `gather`:", in_order("child"))
    #> numbers of 9 `start_workflow_async` in `gather`: in order
    print("numbers of 9 steps in `as_completed`:", in_order("coroutines"))
    #> numbers of 9 steps in `as_completed`: in another order
    print("the same, made tasks before:", in_order("tasks"))
    #> the same, made tasks before: in order
    print("second steps of two chains, Ada's first is slow:", second_steps("Ada"))
    #> second steps of two chains, Ada's first is slow: Ben 3, Ada 4
    print("second steps of two chains, Ben's first is slow:", second_steps("Ben"))
    #> second steps of two chains, Ben's first is slow: Ada 3, Ben 4
    DBOS.destroy()

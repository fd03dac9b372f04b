"""The parent keeps an outcome for each child."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig, SetWorkflowID


@DBOS.step()
def fetch(page: int) -> str:
    if page == 2:
        raise ValueError(f"page {page} is gone")
    return f"text {page}"


@DBOS.workflow()
def fetch_page(page: int) -> str:
    return fetch(page)


# --8<-- [start:rule]
@DBOS.workflow()
def fetch_book(pages: list[int]) -> list[str]:
    enqueue = DBOS.enqueue_workflow
    children = [enqueue("pages", fetch_page, n) for n in pages]
    outcomes = []
    for child in children:
        try:
            outcomes.append(child.get_result())
        except Exception as error:
            outcomes.append(f"failed, {error}")
    return outcomes


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "book",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("pages", worker_concurrency=3, polling_interval_sec=0.1)
    with SetWorkflowID("book-1"):
        print(fetch_book([1, 2, 3]))
        #> ['text 1', 'failed, page 2 is gone', 'text 3']
    DBOS.destroy()

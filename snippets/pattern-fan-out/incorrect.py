"""All children run at once."""
# expect: wrong

import os
import threading
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID

release = threading.Event()


@DBOS.step()
def fetch(page: int) -> str:
    release.wait()  # The site is slow.
    return f"text {page}"


# --8<-- [start:rule]
@DBOS.workflow()
def fetch_page(page: int) -> str:
    return fetch(page)


@DBOS.workflow()
def fetch_book(pages: int) -> list[str]:
    children = [DBOS.start_workflow(fetch_page, page) for page in range(1, pages + 1)]
    return [child.get_result() for child in children]


# --8<-- [end:rule]


def at_once() -> int:
    """How many children run when all of them have been started."""
    while True:
        children = DBOS.list_workflows(name="fetch_page")
        running = [child for child in children if child.status == "PENDING"]
        if len(children) == 8 and len(running) >= 3:
            return len(running)
        time.sleep(0.01)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "book",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("pages", global_concurrency=3, polling_interval_sec=0.1)
    with SetWorkflowID("book-1"):
        book = DBOS.start_workflow(fetch_book, 8)
    print("children at once:", at_once())
    #> children at once: 8
    release.set()
    print(book.get_result()[:3])
    #> ['text 1', 'text 2', 'text 3']
    DBOS.destroy()

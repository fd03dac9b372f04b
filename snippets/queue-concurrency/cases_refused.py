"""Which limits a registration refuses, and which it takes."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig


def register(**limits: int) -> str:
    """Registers a queue with these limits and reads the global one back."""
    try:
        queue = DBOS.register_queue(
            "imports",
            worker_concurrency=limits.get("worker"),
            global_concurrency=limits.get("everywhere"),
            concurrency=limits.get("old"),
        )
    except ValueError as error:
        return type(error).__name__
    return f"accepted, `global_concurrency` is {queue.global_concurrency}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "imports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    print("a worker limit above the global one:", register(worker=3, everywhere=2))
    #> a worker limit above the global one: ValueError
    print("`concurrency=2`, the old name:", register(old=2))
    #> `concurrency=2`, the old name: accepted, `global_concurrency` is 2
    print("`concurrency` beside `global_concurrency`:", register(old=2, everywhere=2))
    #> `concurrency` beside `global_concurrency`: ValueError
    print("a limit below zero:", register(everywhere=-1))
    #> a limit below zero: accepted, `global_concurrency` is -1
    DBOS.destroy()

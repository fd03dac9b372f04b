"""Several processes launch at once, and are the first ones on their SQLite file."""
# expect: ok
# since: 3.4
# database: own - it counts launches that find no database

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from dbos import DBOS, DBOSConfig

LAUNCHES = 6
# A process that has not launched can be forked.
fork = multiprocessing.get_context("fork")


def launch(number: int, ready: Barrier, pipe: Connection) -> None:
    config: DBOSConfig = {
        "name": "payouts",
        "system_database_url": "sqlite:///payouts.sqlite",
        "executor_id": f"worker-{number}",
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    ready.wait()
    try:
        DBOS.launch()
        pipe.send("launched")
    except Exception as error:
        pipe.send(type(error).__name__)
    DBOS.destroy()


def results() -> list[str]:
    ready = fork.Barrier(LAUNCHES)
    ours, theirs = fork.Pipe()
    processes = [
        fork.Process(target=launch, args=(number, ready, theirs))
        for number in range(LAUNCHES)
    ]
    for process in processes:
        process.start()
    found = [ours.recv() for _ in processes]
    for process in processes:
        process.join()
    return found


if __name__ == "__main__":
    found = results()
    ended = f"{found.count('launched')} of {len(found)} launched"
    print("first launches at once, no SQLite file yet:", ended)
    #> first launches at once, no SQLite file yet: 6 of 6 launched

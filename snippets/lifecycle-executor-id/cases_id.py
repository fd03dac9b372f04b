"""Where the executor id comes from, and which names processes get by a lock."""
# expect: ok
# Takes some seconds: it launches five times.

import fcntl
import multiprocessing
import os
import signal
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

from dbos import DBOS, DBOSConfig

# A process that has not launched can be forked.
fork = multiprocessing.get_context("fork")
held: list[IO[str]] = []  # A file keeps its lock while it is open.


def executor_id() -> str:
    """The first name that no living process here has."""
    for number in count(1):
        file = Path(f"worker-{number}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held.append(file)
            return f"worker-{number}"
        except BlockingIOError:
            file.close()
    raise RuntimeError("no name is free")


class Worker:
    """A process that takes a name in this folder, and waits until it is killed."""

    def __init__(self, folder: str = ".") -> None:
        ours, theirs = fork.Pipe()
        self.process = fork.Process(target=self.work, args=(folder, theirs))
        self.process.start()
        self.name = ours.recv()

    def work(self, folder: str, pipe: Connection) -> None:
        Path(folder).mkdir(exist_ok=True)
        os.chdir(folder)
        pipe.send(executor_id())
        signal.pause()

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


def launched(keys: DBOSConfig) -> str:
    """The executor id of a launch with these keys."""
    config: DBOSConfig = {
        "name": "payouts",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "notification_listener_polling_interval_sec": 0.1,
        **keys,
    }
    DBOS(config=config)
    DBOS.launch()
    name = DBOS.executor_id
    DBOS.destroy()
    return repr(name)


if __name__ == "__main__":
    first, second = Worker(), Worker()
    print("names of two living processes, by the lock:", first.name, "and", second.name)
    #> names of two living processes, by the lock: worker-1 and worker-2
    first.kill()
    third = Worker()
    print("name of a third one, after the first was killed:", third.name)
    #> name of a third one, after the first was killed: worker-1
    elsewhere = Worker("other")
    print("name of a process in another folder:", elsewhere.name)
    #> name of a process in another folder: worker-1
    name = executor_id()
    forked = Worker()
    held.clear()
    after = Worker()
    is_free = after.name == name
    print("a name given up while a forked child lives, is free:", is_free)
    #> a name given up while a forked child lives, is free: False
    for worker in (second, third, elsewhere, forked, after):
        worker.kill()
    os.environ.pop("DBOS__VMID", None)
    print("id when nothing is set:", launched({}))
    #> id when nothing is set: 'local'
    print("id when `executor_id` is None:", launched({"executor_id": None}))
    #> id when `executor_id` is None: 'local'
    print("id when `executor_id` is empty:", launched({"executor_id": ""}))
    #> id when `executor_id` is empty: ''
    os.environ["DBOS__VMID"] = "vm-1"
    print("id when `DBOS__VMID` is vm-1:", launched({}))
    #> id when `DBOS__VMID` is vm-1: 'vm-1'
    print("id when `executor_id` is web-1, too:", launched({"executor_id": "web-1"}))
    #> id when `executor_id` is web-1, too: 'web-1'
    DBOS.destroy()

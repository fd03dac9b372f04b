"""Two processes register the same queues at the same moment, with other limits."""
# expect: ok
# Launches a second process, which registers each queue together with the first one.

import os
import subprocess
import sys
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig

OTHER = len(sys.argv) > 1
ME, PEER = ("other", "first") if OTHER else ("first", "other")
NAMES = [f"exports-{n}" for n in range(5)]


def register_with_peer(name: str) -> str:
    """Begins when the other process has come to the same name, too."""
    Path(f"{ME}-{name}").touch()
    while not Path(f"{PEER}-{name}").exists():
        time.sleep(0.001)
    worker, everywhere = (2, 20) if OTHER else (1, 10)
    try:
        DBOS.register_queue(
            name, worker_concurrency=worker, global_concurrency=everywhere
        )
    except Exception as error:
        return type(error).__name__
    return "no error"


def limits(name: str) -> tuple[int | None, int | None]:
    queue = DBOS.retrieve_queue(name)
    assert queue is not None
    return queue.worker_concurrency, queue.global_concurrency


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get(
            "DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite"
        ),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    if OTHER:
        Path("ends").write_text(" ".join({register_with_peer(name) for name in NAMES}))
        DBOS.destroy()
        sys.exit()
    other = subprocess.Popen([sys.executable, __file__, "other"])
    ends = {register_with_peer(name) for name in NAMES}
    other.wait()
    ends.add(Path("ends").read_text())
    print("five queues, each by two processes at once:", *ends)
    #> five queues, each by two processes at once: no error
    print("queues that are registered then:", len(DBOS.list_queues()))
    #> queues that are registered then: 5
    whole = [name for name in NAMES if limits(name) in ((1, 10), (2, 20))]
    print("queues with both limits of one process:", len(whole))
    #> queues with both limits of one process: 5
    DBOS.destroy()

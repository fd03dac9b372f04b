"""An exit of an async workflow stops the loop on which DBOS runs its jobs."""
# expect: ok
# since: 3.4
# Takes some seconds: it starts a process, and sees that nothing happens for a second.

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig

SEEN = Path("seen.txt")
loops: list[threading.Thread] = []


@DBOS.workflow()
async def check_stock() -> None:
    loops.append(threading.current_thread())
    sys.exit("out of stock")


@DBOS.workflow()
def pack() -> str:
    return "packed"


def end() -> str:
    try:
        DBOS.destroy()
    except RuntimeError as failure:
        return str(failure)
    return "no error"


def work() -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.05)
    before = DBOS.enqueue_workflow("orders", pack)
    before.get_result(polling_interval_sec=0.05)
    exits = DBOS.enqueue_workflow("orders", check_stock)
    while not loops:
        time.sleep(0.01)
    loops[0].join()  # Until the loop has stopped, a job can still begin.
    after = DBOS.enqueue_workflow("orders", pack)
    time.sleep(1)
    handles = (before, exits, after)
    states = [handle.get_status().status for handle in handles]
    lines = [*states[:2], str(states[2] == "SUCCESS"), end()]
    SEEN.write_text("\n".join(lines))
    os._exit(0)  # What is left of DBOS would keep the process.


if __name__ == "__main__":
    if "worker" in sys.argv:
        work()
    command = [sys.executable, __file__, "worker"]
    subprocess.run(command, stderr=subprocess.DEVNULL)
    before, exits, after, ended = SEEN.read_text().splitlines()
    print("a job, before an async job of its process exits:", before)
    #> a job, before an async job of its process exits: SUCCESS
    print("the async job that exits:", exits)
    #> the async job that exits: PENDING
    print("a job after it has ended a second later:", after)
    #> a job after it has ended a second later: False
    print("`DBOS.destroy` in that process:", ended)
    #> `DBOS.destroy` in that process: Event loop is closed

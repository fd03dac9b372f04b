"""SIGTERM comes while a page is written, and the end of DBOS cuts the report off."""
# expect: wrong
# Takes some seconds: a second process does the work, and a step in it is slow.

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///reports.sqlite")
PAGES = Path("pages.log")
config: DBOSConfig = {
    "name": "reports",
    "system_database_url": URL,
    "notification_listener_polling_interval_sec": 0.01,  # Shortens the ends.
    "log_level": "CRITICAL",
}
destroyed = threading.Event()


@DBOS.step()
def write(page: int) -> None:
    with PAGES.open("a") as log:
        log.write(f"page {page}\n")
    if page == 2 and PAGES.read_text().count("page 2") == 1:
        os.kill(os.getpid(), signal.SIGTERM)
        destroyed.wait(2)  # A slow page: it takes two seconds.


@DBOS.workflow()
def export() -> str:
    for page in (1, 2, 3):
        write(page)
    return "exported"


# --8<-- [start:rule]
def serve() -> None:
    stopping: list[bool] = []  # Without a lock: a handler must not wait.
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("report-1"):
        DBOS.start_workflow(export)
    while not stopping:
        time.sleep(0.1)
    DBOS.destroy()


# --8<-- [end:rule]

if __name__ == "__main__" and sys.argv[1:] == ["serve"]:
    serve()
    destroyed.set()
elif __name__ == "__main__":
    subprocess.run([sys.executable, __file__, "serve"], check=True)
    DBOS(config=config)
    DBOS.launch()
    print("report-1 is", DBOS.retrieve_workflow("report-1").get_result())
    #> report-1 is exported
    print("written:", ", ".join(PAGES.read_text().splitlines()))
    #> written: page 1, page 2, page 2, page 3
    DBOS.destroy()

"""The usual case is error 1, so the scratch file stays."""
# expect: wrong

import os
import threading
from contextlib import suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig, error

SCRATCH = Path("pages.tmp")
writing = threading.Event()
go_on = threading.Event()


@DBOS.step()
def write_pages() -> None:
    SCRATCH.write_text("page 1")
    writing.set()
    go_on.wait()


# --8<-- [start:rule]
@DBOS.workflow()
def export() -> None:
    try:
        write_pages()
    except error.DBOSWorkflowCancelledError:
        SCRATCH.unlink()
        raise


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "exports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    handle = DBOS.start_workflow(export)
    writing.wait()
    DBOS.cancel_workflow(handle.get_workflow_id())
    go_on.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        handle.get_result()
    print("scratch file left:", SCRATCH.exists())
    #> scratch file left: True
    DBOS.destroy()

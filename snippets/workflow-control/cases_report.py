"""How a step reports its end after its workflow was cancelled."""
# expect: ok

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID, error

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///exports.sqlite")
writing = threading.Event()
go_on = threading.Event()
met: list[str] = []


def try_to(report: Callable[[], object]) -> None:
    try:
        report()
        met.append("no error")
    except error.DBOSBaseException as failure:
        met.append(str(failure).split(":")[0].removeprefix("DBOS ").lower())


def send_by_client() -> None:
    client = DBOSClient(system_database_url=URL)
    client.send("deletion-1", "written, says a client", "end")
    client.destroy()


@DBOS.step()
def write_file() -> None:
    writing.set()
    go_on.wait()
    try_to(lambda: DBOS.send("deletion-1", "written, says the step", "end"))
    try_to(lambda: DBOS.set_event("end", "written"))
    try_to(lambda: DBOS.write_stream("end", "written"))
    send_by_client()


@DBOS.workflow()
def export() -> None:
    write_file()


@DBOS.workflow()
def delete_file() -> str:
    return str(DBOS.recv("end", timeout_seconds=60))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "exports",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("deletion-1"):
        deletion = DBOS.start_workflow(delete_file)
    with SetWorkflowID("export-1"):
        handle = DBOS.start_workflow(export)
    writing.wait()
    DBOS.cancel_workflow("export-1")
    go_on.set()
    with suppress(error.DBOSAwaitedWorkflowCancelledError):
        handle.get_result()
    print("`send`, `set_event`, `write_stream` in a cancelled step:", *set(met))
    #> `send`, `set_event`, `write_stream` in a cancelled step: error 1
    print("`DBOSClient.send` in such a step, received:", deletion.get_result())
    #> `DBOSClient.send` in such a step, received: written, says a client
    DBOS.destroy()

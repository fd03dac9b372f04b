"""The step blocks its thread, and its timeout does not stop it."""
# expect: wrong
# differs: only this one imports dbos' errors
# It needs httpx. The carrier is a server of its own, which answers after two seconds.

import os
import socket
import threading
from contextlib import suppress

import httpx
from dbos import DBOS, DBOSConfig, error

server = socket.create_server(("127.0.0.1", 0))
URL = f"http://127.0.0.1:{server.getsockname()[1]}"
finished = threading.Event()


def answer_late() -> None:
    connection, _ = server.accept()
    with connection, suppress(OSError):
        finished.wait(timeout=2)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n4")


# --8<-- [start:rule]
@DBOS.step(timeout_seconds=0.3)
async def ask_carrier() -> str:
    return httpx.get(URL, timeout=None).text


@DBOS.workflow()
async def quote() -> str:
    try:
        return await ask_carrier()
    except error.DBOSStepTimeoutError:
        return "9, the flat rate"


# --8<-- [end:rule]


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shipping",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    threading.Thread(target=answer_late, daemon=True).start()
    print(DBOS.start_workflow(quote).get_result())
    #> 4
    finished.set()
    server.close()
    DBOS.destroy()

"""When uvicorn cuts a handler off, and when it does not."""
# expect: ok
# since: 3.4
# Takes some seconds: one of the workflows does not go on.

import asyncio
import contextlib
import os
import socket
import threading
import time

import uvicorn
from dbos import DBOS, DBOSConfig, SetWorkflowID
from fastapi import FastAPI

begun = threading.Event()
bank = threading.Event()
app = FastAPI()


@DBOS.step()
async def charge() -> None:
    begun.set()
    while not bank.is_set():
        await asyncio.sleep(0.01)


@DBOS.workflow()
async def checkout() -> None:
    await charge()


@app.post("/orders/{order}")
async def pay(order: str) -> None:
    with SetWorkflowID(order):
        await checkout()


def serve(server: uvicorn.Server) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        server.run()


def request(order: str, *, client_leaves: bool) -> str:
    begun.clear()
    bank.clear()
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=serve, args=(server,))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    address = server.servers[0].sockets[0].getsockname()
    with socket.create_connection(address) as client:
        client.sendall(f"POST /orders/{order} HTTP/1.1\r\nHost: shop\r\n\r\n".encode())
        begun.wait()
        if not client_leaves:
            server.should_exit = True
            thread.join()
    if client_leaves:
        time.sleep(0.5)  # The server notices.
    bank.set()
    result = status(order)
    server.should_exit = True
    thread.join()
    return result


def status(order: str) -> str:
    """Waits for the end, but not for ever."""
    end = time.monotonic() + 2
    while True:
        found = DBOS.retrieve_workflow(order).get_status().status
        if found == "SUCCESS" or time.monotonic() > end:
            return found
        time.sleep(0.05)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    left = request("order-1", client_leaves=True)
    stopped = request("order-2", client_leaves=False)
    print("uvicorn, the client closes its connection:", left)
    #> uvicorn, the client closes its connection: SUCCESS
    print("uvicorn stops, after its graceful timeout:", stopped)
    #> uvicorn stops, after its graceful timeout: PENDING
    DBOS.destroy()

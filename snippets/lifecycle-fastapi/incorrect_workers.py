"""Both processes have the executor id local."""
# expect: wrong

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from dbos import DBOS, DBOSConfig
from fastapi import FastAPI

HERE = Path(__file__)
UVICORN = [sys.executable, "-B", "-m", "uvicorn", f"{HERE.stem}:app", "--port=0"]
UVICORN += [f"--app-dir={HERE.parent}", "--log-level=error"]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "executor_id": os.environ.get("EXECUTOR_ID"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    Path(f"{os.getpid()}.worker").write_text(DBOS.executor_id)
    yield
    await asyncio.to_thread(DBOS.destroy)


app = FastAPI(lifespan=lifespan)


# --8<-- [start:rule]
def serve() -> list[subprocess.Popen[bytes]]:
    return [subprocess.Popen(UVICORN) for _ in range(2)]


# --8<-- [end:rule]


def two_started() -> bool:
    return len(list(Path().glob("*.worker"))) == 2


if __name__ == "__main__":
    servers = serve()
    while not two_started() and all(server.poll() is None for server in servers):
        time.sleep(0.05)
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait()
    print(sorted(path.read_text() for path in Path().glob("*.worker")))
    #> ['local', 'local']

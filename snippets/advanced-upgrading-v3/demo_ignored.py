"""Two removed configuration keys are accepted, and nothing listens."""
# expect: ok

import os
import socket
from typing import Any

from dbos import DBOS

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]

# --8<-- [start:rule]
config: Any = {
    "name": "orders",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
    "run_admin_server": True,
    "admin_port": port,
}
# --8<-- [end:rule]


@DBOS.workflow()
def ship(order: str) -> str:
    return f"{order} shipped"


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    print(ship("order-1"))
    #> order-1 shipped
    with socket.socket() as admin:
        refused = admin.connect_ex(("127.0.0.1", port)) != 0
    print("the admin port refuses:", refused)
    #> the admin port refuses: True
    DBOS.destroy()

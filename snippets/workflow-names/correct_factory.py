"""Each workflow that the factory makes has a name of its own."""
# expect: crash
# once: pack

import os
import signal
from collections.abc import Callable
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

CRASHED = Path("crashed")


@DBOS.step()
def pack(order: str) -> None:
    pass


@DBOS.step()
def hand_over(order: str, carrier: str) -> str:
    if not CRASHED.exists():
        CRASHED.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{order} goes by {carrier}"


# --8<-- [start:rule]
def shipping(carrier: str) -> Callable[[str], str]:
    @DBOS.workflow(name=f"ship_by_{carrier}")
    def ship(order: str) -> str:
        pack(order)
        return hand_over(order, carrier)

    return ship


ship_by_post = shipping("post")
ship_by_courier = shipping("courier")

# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    with SetWorkflowID("order-1"):
        handle = DBOS.start_workflow(ship_by_post, "order-1")
    print(handle.get_result())
    DBOS.destroy()

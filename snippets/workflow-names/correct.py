"""The decorator passes the name on, and the queue runs the workflow that it got."""
# expect: ok
# differs: the right way needs an import

import os
from collections.abc import Callable
from functools import wraps

from dbos import DBOS, DBOSConfig


# --8<-- [start:rule]
def positive(workflow: Callable[[int], str]) -> Callable[[int], str]:
    @wraps(workflow)
    def checked(euros: int) -> str:
        if euros <= 0:
            raise ValueError(euros)
        return workflow(euros)

    return checked


@DBOS.workflow()
@positive
def charge(euros: int) -> str:
    return f"{euros} euros charged"


@DBOS.workflow()
@positive
def refund(euros: int) -> str:
    return f"{euros} euros refunded"


# --8<-- [end:rule]

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "payments",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("payments", polling_interval_sec=0.1)
    handle = DBOS.enqueue_workflow("payments", charge, 50)
    print("called:", charge(50))
    #> called: 50 euros charged
    print("enqueued:", handle.get_result())
    #> enqueued: 50 euros charged
    print("name:", handle.get_status().name)
    #> name: charge
    DBOS.destroy()

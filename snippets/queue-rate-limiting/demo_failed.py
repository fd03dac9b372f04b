"""A place is used up by the start, whether the payment succeeds or fails."""
# expect: ok

import os
from collections.abc import Sequence

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "payments",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
QUEUE = "payments"


# --8<-- [start:rule]
@DBOS.workflow()
def pay(order: str) -> None:
    if order == "order-1":
        raise ConnectionError("bank unreachable")


def pay_three() -> tuple[Sequence[str], Sequence[str]]:
    queue = DBOS.register_queue(QUEUE, limiter={"limit": 2, "period": 60.0})
    failed = DBOS.enqueue_workflow(QUEUE, pay, "order-1")
    DBOS.wait_first([failed])
    others = [DBOS.enqueue_workflow(QUEUE, pay, f"order-{n}") for n in (2, 3)]
    DBOS.wait_first(others)
    limited = sorted(run.get_status().status for run in (failed, *others))
    queue.set_limiter(None)
    for run in others:
        run.get_result()
    return limited, sorted(run.get_status().status for run in others)


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    limited, free = pay_three()
    print("with the limiter:", limited)
    #> with the limiter: ['ENQUEUED', 'ERROR', 'SUCCESS']
    print("the other two without it:", free)
    #> the other two without it: ['SUCCESS', 'SUCCESS']
    DBOS.destroy()

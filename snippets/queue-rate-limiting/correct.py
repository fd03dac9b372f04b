"""The queue starts two payments per period, and the third waits."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig

config: DBOSConfig = {
    "name": "payments",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}


# --8<-- [start:rule]
def register_payments() -> None:
    DBOS.register_queue(
        "payments", limiter={"limit": 2, "period": 2.0}, polling_interval_sec=0.1
    )


@DBOS.workflow()
def pay(order: str) -> str:
    return f"{order} paid"


# --8<-- [end:rule]

if __name__ == "__main__":
    DBOS(config=config)
    DBOS.launch()
    register_payments()
    runs = [DBOS.enqueue_workflow("payments", pay, f"order-{n}") for n in (1, 2, 3)]
    for run in runs:
        run.get_result()
    starts = sorted(run.get_status().dequeued_at or 0 for run in runs)
    print("third start 2 s after the first:", starts[2] - starts[0] >= 2000)
    #> third start 2 s after the first: True
    DBOS.destroy()

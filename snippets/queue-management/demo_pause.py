"""Limits change while the process runs, and zero holds a queue."""
# expect: ok

import os

from dbos import DBOS, DBOSConfig

EXPORTS = "exports"
OTHERS = "other-exports"


@DBOS.workflow()
def export(table: str) -> str:
    return f"{table} exported"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    # --8<-- [start:rule]
    exports = DBOS.register_queue(EXPORTS, worker_concurrency=0)
    DBOS.register_queue(OTHERS)
    orders = DBOS.enqueue_workflow(EXPORTS, export, "orders")
    DBOS.enqueue_workflow(OTHERS, export, "customers").get_result()
    print(orders.get_status().status)
    #> ENQUEUED
    exports.set_worker_concurrency(5)
    print(orders.get_result())
    #> orders exported
    print(DBOS.retrieve_queue("export"))
    #> None
    # --8<-- [end:rule]
    DBOS.destroy()

"""Which maximum wait counts when the calls of a burst differ."""
# expect: ok

import os
import time

from dbos import DBOS, DBOSConfig, Debouncer, WorkflowHandle

HOUR = 3600.0
MAXIMUM = 2.0


@DBOS.workflow()
def index(text: str) -> str:
    return text


without = Debouncer.create(index)
capped = Debouncer.create(index, debounce_timeout_sec=MAXIMUM)
zero = Debouncer.create(index, debounce_timeout_sec=0)


def burst(key: str, first: Debouncer, second: Debouncer) -> WorkflowHandle:
    first.debounce(key, HOUR, "a")
    return second.debounce(key, HOUR, "b")


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "documents",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    late = burst("doc-1", without, capped)
    never = burst("doc-2", zero, zero)
    early = burst("doc-3", capped, without)
    early.get_result()
    time.sleep(1.5)  # DBOS looks for delayed workflows that are due once a second.
    print("a maximum in the first call alone:", early.get_status().status)
    #> a maximum in the first call alone: SUCCESS
    print("a maximum in the second call alone:", late.get_status().status)
    #> a maximum in the second call alone: DELAYED
    print("a maximum of 0:", never.get_status().status)
    #> a maximum of 0: DELAYED
    DBOS.destroy()
